// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a task whose time is up, and tries again until the task has an end: a cancelTask that was reverted, as when the task
 * was started meanwhile, brings nothing back. That it is wanted is in the journal, so that the next process goes on with it.
 * Used on the engine's loop only.
 */
final class TaskCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCancellation.class);
    /** One that is reverted costs gas, so each further one waits longer; and it is sent only when the contract would take it. */
    private static final RetryPolicy AGAIN = RetryPolicy.of(Duration.ofSeconds(4), Duration.ofMinutes(5));

    private static final String KEY = "-cancel-";

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Supplier<ChainRecord> wanted;
    /** What the journal has of it; null while no cancellation is wanted. */
    private LaneRecord wish;
    /** The cancelTask that is under way, or null. */
    private CancelRun current;

    private ScheduledFuture<?> next;
    private int failures;

    /** @param wanted the task, as long as the network can be asked to give it up; else null */
    TaskCancellation(ChainProtocol protocol, Steps steps, Supplier<ChainRecord> wanted) {
        this.protocol = protocol;
        this.steps = steps;
        this.wanted = wanted;
    }

    /** Whether that is the record of a cancellation that is wanted, as opposed to one of a transaction or a task. */
    static boolean isWish(LaneRecord record) {
        return record.key().contains(KEY);
    }

    /** The key of the task whose cancellation is wanted. */
    static String taskKey(LaneRecord wish) {
        String key = wish.key();
        return key.substring(0, key.indexOf(KEY));
    }

    void start() {
        ChainRecord task = wanted.get();
        if (task == null || wish != null) {
            return;
        }
        String key = task.order().key() + KEY + UUID.randomUUID();
        wish = LaneTransaction.unsigned(protocol, key, task.taskId());
        write(wish);
        attempt();
    }

    /** An earlier process had begun. */
    void resume(LaneRecord journaled) {
        if (wish == null) {
            wish = journaled;
            attempt();
        }
    }

    private void attempt() {
        ChainRecord task = wanted.get();
        if (wish == null || current != null) {
            return;
        }
        if (task == null) {
            // A reorganisation may give the task another id, or revert its end.
            again();
            return;
        }
        BigInteger taskId = task.taskId();
        CancelRun known = protocol.tasks.cancelOf(taskId);
        CancelRun cancel = known == null ? CancelRun.of(protocol, taskId) : known;
        current = cancel;
        steps.after(cancel.mined(), (outcome, error) -> {
            if (current == cancel) {
                current = null;
                onOutcome(task, error);
            }
        });
        if (known == null) {
            cancel.start();
        }
    }

    private void onOutcome(ChainRecord task, Throwable error) {
        if (error == null) {
            return;
        }
        Duration delay = again();
        if (wanted.get() != null) {
            LOG.warn(
                    "Cancelling {} after its time-out failed; next try in {} s: {}",
                    ChainFailures.name(task),
                    delay.toSeconds(),
                    error.getMessage());
        }
    }

    private Duration again() {
        Duration delay = AGAIN.delay(++failures);
        next = steps.schedule(delay, this::attempt);
        return delay;
    }

    /** The task has an end, or is waited for again: no other cancelTask is sent; one that is signed stays on its way. */
    void stop() {
        if (wish != null) {
            write(wish.ended(TaskState.REJECTED, "no longer wanted").settled(protocol.settlement(null, null)));
        }
        leave();
    }

    /** A cancellation that an earlier process left is of a task that is over. */
    static void drop(ChainProtocol protocol, LaneRecord wish) {
        protocol.write(wish.ended(TaskState.REJECTED, "the task is over").settled(protocol.settlement(null, null)));
    }

    /** The client stops; the next process goes on. */
    void shutdown() {
        leave();
    }

    private void leave() {
        wish = null;
        if (next != null) {
            next.cancel(false);
        }
        if (current != null) {
            CancelRun stopped = current;
            current = null;
            if (!stopped.isAwaited()) {
                stopped.stopUnlessSigned();
            }
        }
    }

    private void write(LaneRecord record) {
        protocol.write(record).whenComplete((done, error) -> {
            if (error != null) {
                LOG.error(
                        "The task journal could not store that a task is to be cancelled, or not ({})",
                        record.key(),
                        error);
            }
        });
    }
}
