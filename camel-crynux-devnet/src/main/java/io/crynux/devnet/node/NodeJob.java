// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.chain.ChainAccess.Fate;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.result.TaskOutput;
import io.crynux.devnet.state.StateMachine;
import io.crynux.devnet.state.Transition;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's work on one task. Events come in by its methods, from any thread; {@link #advance} handles them in their order
 * and makes the transitions of {@link NodeTransitions}.
 */
final class NodeJob {
    private static final Logger LOG = LoggerFactory.getLogger(NodeJob.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_FAILURES = 5;

    /** Five minutes of looks: more than any Relay is behind the chain. */
    private static final int MAX_UPLOADS = 1500;

    /** What the job needs of the pool: the chain, the Relay, and somebody to run it later. */
    interface Surroundings {
        /** Sends a transaction and returns its hash. */
        String send(SimulatedNode node, String data);

        Fate fate(String transactionHash);

        /** Reports at once what is new on the chain. The caller must not hold a job's monitor. */
        void catchUp();

        /** Uploads the files of a result. */
        void upload(TaskOutput output, SimulatedNode node);

        /** Looks for the parameters, and reports them to the job when they are there. */
        void begin(NodeJob job);

        /** Computes the result, and reports it to the job. */
        void compute(NodeJob job, String parameters);

        /** The job has nothing more to do. */
        void released(NodeJob job);

        /** Has the job handle its events soon, on another thread. */
        void advanceSoon(NodeJob job);

        /** The job has changed its state. */
        void moved(NodeJob job, Transition<NodeState, NodeEvent> move);
    }

    private final BigInteger taskId;
    private final BigInteger round;
    private final SimulatedNode node;
    private final TaskPlan plan;
    private final Surroundings around;
    private final StateMachine<NodeState, NodeEvent, NodeJob> machine;

    /** Who reports an event must not wait for a step that is under way, which may itself wait for the chain's events. */
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

    /** What the chain shows of the task after its start, the newest last: a reorganisation reverts it from there. */
    private final Deque<NodeEvent> shown = new ArrayDeque<>();

    private final NodeStep commitment = new NodeStep();
    private final NodeStep disclosure = new NodeStep();
    private final NodeStep uploadReport = new NodeStep();
    private final NodeStep errorReport = new NodeStep();
    private String parameters;
    private TaskOutput output;
    private int failedUploads;
    private long chosenNanos;

    NodeJob(BigInteger taskId, BigInteger round, SimulatedNode node, TaskPlan plan, Surroundings around) {
        this.taskId = taskId;
        this.round = round;
        this.node = node;
        this.plan = plan;
        this.around = around;
        this.machine = new StateMachine<>(NodeTransitions.TABLE, this, move -> around.moved(this, move));
    }

    SimulatedNode node() {
        return node;
    }

    NodeRole role() {
        return plan.role(round.intValueExact());
    }

    NodeState state() {
        return machine.state();
    }

    void parametersFound(String found) {
        report(() -> {
            parameters = found;
            machine.fire(NodeEvent.PARAMETERS_FOUND);
        });
    }

    void computed(TaskOutput made) {
        report(() -> {
            if (machine.fire(NodeEvent.COMPUTED)) {
                output = made;
            }
        });
    }

    void impossible() {
        report(() -> machine.fire(NodeEvent.IMPOSSIBLE));
    }

    void commitmentsReady() {
        report(() -> show(NodeEvent.COMMITMENTS_READY));
    }

    void commitmentsReverted() {
        report(() -> revert(NodeEvent.COMMITMENTS_READY, NodeEvent.COMMITMENTS_REVERTED));
    }

    void chosen() {
        long now = System.nanoTime();
        report(() -> {
            chosenNanos = now;
            show(NodeEvent.CHOSEN);
        });
    }

    void successReverted() {
        report(() -> revert(NodeEvent.CHOSEN, NodeEvent.SUCCESS_REVERTED));
    }

    void aborted() {
        report(() -> show(NodeEvent.ABORTED));
    }

    void abortReverted() {
        report(() -> revert(NodeEvent.ABORTED, NodeEvent.ABORT_REVERTED));
    }

    void release() {
        report(() -> machine.fire(NodeEvent.NODE_RELEASED));
    }

    void releaseReverted() {
        report(() -> machine.fire(NodeEvent.RELEASE_REVERTED));
    }

    private void show(NodeEvent event) {
        shown.addLast(event);
        machine.fire(event);
    }

    private void revert(NodeEvent event, NodeEvent reversal) {
        shown.removeLastOccurrence(event);
        machine.fire(reversal);
    }

    private void report(Runnable event) {
        events.add(event);
        around.advanceSoon(this);
    }

    /** Handles the events that came in, and acts if the node has something to do. */
    void advance() {
        // A reorg may have given the id to another task, which would get the commitment that was meant for this one.
        around.catchUp();
        step(false);
    }

    /** As {@link #advance}, and checks whether the transactions still are on the chain; called at regular intervals. */
    void look() {
        if (state() != NodeState.RELEASED && state() != NodeState.GIVEN_UP) {
            around.catchUp();
            step(true);
        }
    }

    private synchronized void step(boolean looks) {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        if (looks) {
            learn(commitment, NodeEvent.COMMITMENT_LOST);
            learn(disclosure, NodeEvent.DISCLOSURE_LOST);
            learn(uploadReport, NodeEvent.REPORT_LOST);
            learn(errorReport, NodeEvent.ERROR_LOST);
        }
        if (!role().silent()) {
            act();
        }
    }

    /** Learns what has become of a transaction. */
    private void learn(NodeStep step, NodeEvent lost) {
        if (!step.sent()) {
            return;
        }
        Fate fate = around.fate(step.hash());
        step.learn(fate);
        if (step.failures() >= MAX_FAILURES) {
            giveUp("the chain reverts its transactions: " + fate.reason());
        } else if (!step.sent()) {
            machine.fire(lost);
        }
    }

    private void act() {
        // What the chain shows may have come before the node could use it, so it is looked at again on each turn.
        if (!shown.isEmpty()) {
            machine.fire(shown.getLast());
        }
        if (errorReport.sent()) {
            machine.fire(NodeEvent.ERROR_STANDS);
        }
        if (state() == NodeState.UPLOADING && !plan.uploads(Duration.ofNanos(System.nanoTime() - chosenNanos))) {
            return;
        }
        try {
            if (machine.fire(NodeEvent.TURN)) {
                around.advanceSoon(this);
            }
        } catch (ChainAccessException e) {
            LOG.debug("Task {}, node {}: the chain refuses a transaction", taskId, node.address(), e);
            if (mostFailures() >= MAX_FAILURES) {
                giveUp("the chain refuses its transactions: " + e.getMessage());
            }
        } catch (NodeRelay.NotAcceptedException e) {
            // The Relay is a little behind the chain: it cannot know yet that the files are wanted.
            LOG.debug("Task {}, node {}: {}; trying again", taskId, node.address(), e.getMessage());
            failedUploads++;
            if (failedUploads >= MAX_UPLOADS) {
                giveUp("the Relay refuses the files: " + e.getMessage());
            }
        }
    }

    private int mostFailures() {
        return Math.max(
                Math.max(commitment.failures(), disclosure.failures()),
                Math.max(uploadReport.failures(), errorReport.failures()));
    }

    private void giveUp(String why) {
        if (machine.fire(NodeEvent.HOPELESS)) {
            LOG.warn("Task {}, node {}: {}; the node gives up", taskId, node.address(), why);
        }
    }

    // The actions of the table.

    void begin() {
        around.begin(this);
    }

    void compute() {
        around.compute(this, parameters);
    }

    void commit() {
        byte[] nonce = new byte[32];
        RANDOM.nextBytes(nonce);
        send(commitment, TaskCalls.commit(taskId, round, result(), nonce));
    }

    void disclose() {
        send(disclosure, TaskCalls.disclose(taskId, round, result()));
    }

    void upload() {
        around.upload(output, node);
        // What was reported before a reorganisation was about an earlier upload.
        uploadReport.reset();
    }

    void reportUpload() {
        send(uploadReport, TaskCalls.reportUploaded(taskId, round));
    }

    void reportError() {
        // The contract takes no error from a node that has committed to a result; after a reorganisation that may still
        // stand.
        if (!commitment.sent()) {
            send(errorReport, TaskCalls.reportError(taskId, round));
        }
    }

    /** Drops what can be computed again. */
    void rest() {
        parameters = null;
        output = null;
        around.released(this);
    }

    private byte[] result() {
        return role().disclosed(output.hash(), round.intValueExact());
    }

    /** Sends what is neither on the chain nor waiting for it; after a reorganisation some of it still may be. */
    private void send(NodeStep step, String data) {
        if (step.sent()) {
            return;
        }
        try {
            step.sent(around.send(node, data));
        } catch (ChainAccessException e) {
            step.failed();
            throw e;
        }
    }
}
