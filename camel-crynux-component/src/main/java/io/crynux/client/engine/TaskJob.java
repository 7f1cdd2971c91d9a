// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request: its attempts, and everybody who waits for it. Used on the engine's loop only. */
final class TaskJob {
    private static final Logger LOG = LoggerFactory.getLogger(TaskJob.class);
    /** The contract lets a creator cancel 15 minutes after the start; the outcome may take some blocks. */
    private static final Duration CANCELLATION = Duration.ofMinutes(20);

    private final TaskEngine engine;
    /** With the timer of each one's deadline. */
    private final Map<Waiter, ScheduledFuture<?>> waiters = new LinkedHashMap<>();

    private Submission submission;
    private TaskRun run;
    private TaskRecord record;
    private boolean cancelled;
    /** How it ended, when it did not end well. */
    private CrynuxException failure;
    /** The download for those who joined when the task was over. */
    private CompletableFuture<?> fetch = CompletableFuture.completedFuture(null);

    /** Somebody who waits. */
    private record Waiter(CompletableFuture<TaskResult> future, WaitFor waitFor) {}

    TaskJob(TaskEngine engine, Submission submission) {
        this.engine = engine;
        this.submission = submission;
    }

    Submission submission() {
        return submission;
    }

    void start() {
        begin(submission.order());
    }

    private void begin(TaskOrder order) {
        failure = null;
        record = TaskRecord.prepared(order);
        run = new TaskRun(engine, order, this);
        engine.restraint.admit(run);
    }

    /**
     * Another submission of the same request joins: it is told what is known, or waits. Where nothing was paid in the end,
     * or it allows another attempt, the task is run again.
     */
    void join(Submission later, CompletableFuture<TaskResult> future) {
        submission = later;
        boolean nothingPaid = failure instanceof TransactionRevertedException || record.state() == TaskState.REJECTED;
        if (failure != null && nothingPaid) {
            await(later, future);
            begin(later.order());
        } else if (failure instanceof TaskAbortedException && record.order().attempt() < later.maxAttempts()) {
            await(later, future);
            begin(nextOrder());
        } else if (failure != null) {
            CrynuxException known = failure;
            engine.tell(() -> future.completeExceptionally(known));
        } else {
            await(later, future);
            onChange(record);
            fetchIfWanted();
        }
    }

    /** Waits as long and as far as the submission says. */
    void await(Submission from, CompletableFuture<TaskResult> future) {
        Waiter waiter = new Waiter(future, from.waitFor());
        waiters.put(waiter, engine.schedule(from.timeout(), () -> onDeadline(waiter)));
    }

    /** Whether anybody wants the result itself. */
    boolean wantsResult() {
        return waiters.keySet().stream().anyMatch(waiter -> waiter.waitFor() == WaitFor.RESULT);
    }

    void onChange(TaskRecord changed) {
        record = changed;
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            if (waiter.waitFor() != WaitFor.RESULT && waiter.waitFor().isReachedBy(record.state())) {
                complete(waiter, List.of());
            }
        }
        if (record.state() == TaskState.DONE && waiters.isEmpty()) {
            engine.settled(this, true);
        }
    }

    /** The result is here. It belongs to whoever gets it, who may delete it; so each of several gets a download of its own. */
    void onResult(TaskRecord done, List<ResultFile> files) {
        Optional<Waiter> first = waiters.keySet().stream()
                .filter(waiter -> waiter.waitFor() == WaitFor.RESULT)
                .findFirst();
        record = done;
        first.ifPresentOrElse(waiter -> complete(waiter, files), () -> files.forEach(ResultFile::close));
        onChange(done);
        fetchIfWanted();
    }

    private void complete(Waiter waiter, List<ResultFile> files) {
        release(waiter);
        TaskResult known = TaskResults.of(record, files);
        engine.tell(() -> waiter.future().complete(known));
    }

    /** The task did not end well, for good. */
    void onEnd(TaskRecord ended, CrynuxException error) {
        record = ended;
        boolean again = error instanceof TaskAbortedException
                && !cancelled
                && !waiters.isEmpty()
                && record.order().attempt() < submission.maxAttempts();
        if (again) {
            TaskOrder next = nextOrder();
            LOG.info(
                    "{}. Attempt {} of {} pays {} wei",
                    error.getMessage(),
                    next.attempt(),
                    submission.maxAttempts(),
                    next.feeWei());
            begin(next);
            return;
        }
        failure = error;
        tellAll(error);
        engine.settled(this, false);
    }

    /** Something failed for those who wait, while the task is not over. */
    void onTrouble(CrynuxException error, boolean lasting) {
        if (waiters.isEmpty()) {
            LOG.warn(error.getMessage());
        }
        if (lasting) {
            failure = error;
            engine.settled(this, false);
        }
        tellAll(error);
    }

    private TaskOrder nextOrder() {
        TaskOrder order = record.order();
        return order.again(UUID.randomUUID().toString(), submission.raised(order.feeWei()));
    }

    /** A result that nobody wanted before, that could not be downloaded then, or that somebody else has got. */
    private void fetchIfWanted() {
        if (!wantsResult()) {
            return;
        }
        if (record.state() == TaskState.SUCCEEDED) {
            run.onResultsUploaded();
        } else if (record.state() == TaskState.DONE && fetch.isDone()) {
            CompletableFuture<List<ResultFile>> download = ResultDownload.of(engine.network, record);
            fetch = download;
            download.whenCompleteAsync(
                    (downloaded, error) -> {
                        if (error == null) {
                            onResult(record, downloaded);
                        } else if (fetch == download && !download.isCancelled()) {
                            tellAll(TaskErrors.resultUnavailable(record, error));
                        }
                    },
                    engine.loop);
        }
    }

    private void onDeadline(Waiter waiter) {
        if (!waiters.containsKey(waiter)) {
            return;
        }
        if (waiters.size() == 1 && submission.cancelOnTimeout() && !cancelled && run.isCancellable()) {
            cancelled = true;
            LOG.info("Time is up for task {}; it will be cancelled when the contract allows it", record.taskId());
            waiters.put(waiter, engine.schedule(CANCELLATION, () -> onDeadline(waiter)));
            run.cancel();
            return;
        }
        release(waiter);
        boolean waited = engine.restraint.isWaiting(run);
        CrynuxException error = waited ? TaskErrors.neverStarted(record, engine.restraint) : run.timeOutError();
        engine.tell(() -> waiter.future().completeExceptionally(error));
        if (waiters.isEmpty() && !record.state().isEnd()) {
            failure = error;
            run.timeOut();
            engine.settled(this, false);
        }
    }

    private void tellAll(CrynuxException error) {
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            release(waiter);
            engine.tell(() -> waiter.future().completeExceptionally(error));
        }
    }

    private void release(Waiter waiter) {
        waiters.remove(waiter).cancel(false);
        if (waiters.isEmpty()) {
            fetch.cancel(false);
        }
    }

    void shutdown() {
        if (run != null) {
            run.shutdown();
        }
        CrynuxException error = TaskErrors.shutdown(record);
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            release(waiter);
            waiter.future().completeExceptionally(error);
        }
    }
}
