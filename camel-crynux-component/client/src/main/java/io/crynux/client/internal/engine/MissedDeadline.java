// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.task.TaskResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a submission whose deadline the engine's loop has missed, because something that was called there does not return, as a
 * signer, a journal or an observer, or because such calls hold all of the client's threads. Needs the scheduler's thread only.
 * Thread-safe.
 */
final class MissedDeadline {
    private static final Logger LOG = LoggerFactory.getLogger(MissedDeadline.class);
    /** A loop that is only late tells better what became of the task. */
    private static final Duration LATE = Duration.ofSeconds(5);

    private final TaskEngine engine;
    private final ScheduledExecutorService scheduler;
    private final Submission submission;
    private final CompletableFuture<TaskResult> future;
    private long deadline;
    private ScheduledFuture<?> check;
    /** What the submission has begun or joined, or null. */
    private TaskJob job;

    private boolean missed;

    MissedDeadline(
            TaskEngine engine,
            ScheduledExecutorService scheduler,
            Submission submission,
            CompletableFuture<TaskResult> future) {
        this.engine = engine;
        this.scheduler = scheduler;
        this.submission = submission;
        this.future = future;
    }

    /** Keeps watch until the future is complete. */
    void watch() {
        extend(submission.timeout());
        checkIn(submission.timeout().plus(LATE));
        future.whenComplete((result, error) -> {
            synchronized (this) {
                if (check != null) {
                    check.cancel(false);
                }
            }
        });
    }

    /** The deadline is so far from now. */
    synchronized void extend(Duration timeout) {
        deadline = engine.loop.nanoTime() + timeout.toNanos();
    }

    /** Whether the job may be begun or joined: not when the submitter was told meanwhile that nothing was. */
    synchronized boolean begin(TaskJob begun) {
        job = begun;
        return !missed;
    }

    private synchronized void checkIn(Duration delay) {
        try {
            check = scheduler.schedule(this::check, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The client stops, which ends its submissions", e);
        }
    }

    private void check() {
        Duration left;
        synchronized (this) {
            left = Duration.ofNanos(deadline - engine.loop.nanoTime()).plus(LATE);
            missed |= left.toNanos() <= 0 && job == null;
        }
        if (future.isDone()) {
            return;
        }
        if (left.toNanos() > 0) {
            checkIn(left);
            return;
        }
        LOG.error("The client's threads hang, or something that they called does: a submission ends at its deadline");
        end(lastKnown());
    }

    private synchronized CrynuxException lastKnown() {
        return job == null
                ? TaskErrors.neverBegun(submission.order())
                : engine.reports().unknown(job.lastKnown(), false);
    }

    /** The client is closed, and the loop does not end what is open. */
    void abandon() {
        CrynuxException error;
        synchronized (this) {
            missed |= job == null;
            error = job == null
                    ? TaskErrors.shutdownBefore(submission.order())
                    : engine.reports().unknown(job.lastKnown(), true);
        }
        end(error);
    }

    private void end(CrynuxException error) {
        future.completeExceptionally(error);
    }
}
