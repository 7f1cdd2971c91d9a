// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.Backoff;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the network give up a task whose time is up, and goes on until the task has an end: a cancelTask that was reverted, as
 * when the task was started meanwhile, brings nothing back. Used on the engine's loop only.
 */
final class TaskCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCancellation.class);
    /** One that is reverted costs gas, so each further one waits longer; and it is sent only when the contract would take it. */
    private static final Backoff AGAIN = new Backoff(Duration.ofSeconds(4), Duration.ofMinutes(5));

    private final ChainProtocol engine;
    private final Steps steps;
    private final Supplier<TaskRecord> wanted;
    /** The cancelTask that is under way, or null. */
    private CancelRun current;

    private ScheduledFuture<?> next;
    private int failures;

    /** @param wanted the task, as long as it can be given up; else null */
    TaskCancellation(ChainProtocol engine, Steps steps, Supplier<TaskRecord> wanted) {
        this.engine = engine;
        this.steps = steps;
        this.wanted = wanted;
    }

    void start() {
        TaskRecord task = wanted.get();
        if (task == null || current != null) {
            return;
        }
        CancelRun cancel = CancelRun.of(engine, task.taskId(), task.order().kind());
        current = cancel;
        steps.after(cancel.mined(), (outcome, error) -> {
            if (current == cancel) {
                current = null;
                onOutcome(task, error);
            }
        });
        cancel.start();
    }

    private void onOutcome(TaskRecord task, Throwable error) {
        if (error == null || wanted.get() == null) {
            return;
        }
        Duration delay = AGAIN.delay(failures++);
        LOG.warn(
                "Cancelling {} after its time-out failed; next try in {} s: {}",
                ChainFailures.name(task),
                delay.toSeconds(),
                error.getMessage());
        next = steps.schedule(delay, this::start);
    }

    /** An earlier version asked for it by that transaction, which it has in the task's record. */
    void resume(Payment payment) {
        engine.network.occupy(payment);
        keep(payment);
    }

    /** A transaction that got lost would block the wallet's later ones. */
    private void keep(Payment payment) {
        steps.schedule(engine.settings.payments().resendInterval(), () -> {
            if (wanted.get() != null) {
                engine.network
                        .resend(payment)
                        .whenComplete((sent, error) -> LOG.debug("Sending {} again: {}", payment, error));
                keep(payment);
            }
        });
    }

    /** No other cancelTask is sent; one that is signed stays on its way. */
    void stop() {
        if (next != null) {
            next.cancel(false);
        }
        if (current != null) {
            CancelRun stopped = current;
            current = null;
            stopped.stopUnlessSigned();
        }
    }
}
