// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.settings.EngineSettings.Limits;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the wallet's own load from burning its own money: the contract queues at most 50 tasks and then throws out the
 * cheapest without a refund (classic protocol, section 1). Tasks beyond the limits wait, unsigned and in order. Used on the
 * engine's loop only.
 */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final Limits limits;
    /** In the order of their coming. */
    private final Set<TaskRun> waiting = new LinkedHashSet<>();

    /** Runs that are being claimed in the journal, and will be admitted then. */
    private final Set<TaskRun> expected = new HashSet<>();

    private final Set<TaskRun> inFlight = new HashSet<>();
    private final Set<TaskRun> unstarted = new HashSet<>();
    private boolean stopped;
    /** For who is not on the loop. */
    private volatile Load load = new Load(0, 0, 0);

    /** How many there are. */
    record Load(int inFlight, int unstarted, int waiting) {}

    Admission(Limits limits) {
        this.limits = limits;
    }

    /** As of the last change; called on any thread. */
    Load load() {
        return load;
    }

    private void changed() {
        load = new Load(inFlight.size(), unstarted.size(), waiting.size());
    }

    /** Whether no other task may come; tasks that are admitted already may always try again. */
    boolean isFull() {
        return isFull(expected.size());
    }

    private boolean isFull(int coming) {
        int room =
                Math.max(0, Math.min(limits.maxInFlight() - inFlight.size(), limits.maxUnstarted() - unstarted.size()));
        return waiting.size() + coming >= limits.maxWaiting() + room;
    }

    /** The run will be admitted, if nobody else has it. */
    void expect(TaskRun run) {
        expected.add(run);
    }

    /**
     * The run is not expected any more.
     *
     * @return whether there is no place for it
     */
    boolean arrive(TaskRun run) {
        expected.remove(run);
        return isFull(0);
    }

    /** Starts the run now, or when there is room. */
    void admit(TaskRun run) {
        waiting.add(run);
        startWaiting();
        changed();
        if (waiting.contains(run)) {
            LOG.debug(
                    "{} tasks are waiting; {} are in flight, {} of these not started",
                    waiting.size(),
                    inFlight.size(),
                    unstarted.size());
        }
    }

    /** It is under way already. */
    void readmit(TaskRun run) {
        inFlight.add(run);
        unstarted.add(run);
        changed();
    }

    /** A node works on it. */
    void started(TaskRun run) {
        if (unstarted.remove(run)) {
            startWaiting();
            changed();
        }
    }

    /** The network is done with it, or never had it. */
    void left(TaskRun run) {
        boolean waited = waiting.remove(run);
        boolean flew = inFlight.remove(run);
        unstarted.remove(run);
        if (waited || flew) {
            startWaiting();
            changed();
        }
    }

    /** Nothing is started any more. */
    void stop() {
        stopped = true;
    }

    boolean isWaiting(TaskRun run) {
        return waiting.contains(run);
    }

    /** For messages. */
    String describe() {
        return inFlight.size() + " of at most " + limits.maxInFlight() + " tasks of the wallet are unfinished, "
                + unstarted.size() + " of at most " + limits.maxUnstarted() + " not yet started by a node, and "
                + waiting.size() + " of at most " + limits.maxWaiting() + " wait";
    }

    private boolean hasRoom() {
        return inFlight.size() < limits.maxInFlight() && unstarted.size() < limits.maxUnstarted();
    }

    private void startWaiting() {
        while (!stopped && hasRoom() && !waiting.isEmpty()) {
            TaskRun run = waiting.iterator().next();
            waiting.remove(run);
            inFlight.add(run);
            unstarted.add(run);
            run.steps().run(run::start);
        }
    }
}
