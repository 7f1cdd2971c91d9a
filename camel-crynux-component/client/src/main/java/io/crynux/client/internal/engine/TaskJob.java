// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
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
    private final TaskEngine engine;
    /** With the timer of each one's deadline. */
    private final Map<Waiter, ScheduledFuture<?>> waiters = new LinkedHashMap<>();

    /** Earlier runs that were reported as not charged, as long as they may turn out to be charged all the same. */
    private final List<TaskRun> refused = new ArrayList<>();

    private Submission submission;
    // Read by anybody when the loop hangs.
    private volatile TaskRun run;
    private volatile TaskRecord record;

    private final Steps steps;
    /** Whether it is cancelled because time is up. */
    private boolean cancelled;
    /** The cancellation that somebody has asked for, or null. */
    private Object cancelAsked;
    /** Whether a submitter was told of a failure, and may ask again. */
    private boolean failedOnce;
    /** Whether an earlier process took the request: whoever waited then may come again. */
    private boolean recovered;
    /** How it ended, when it did not end well. */
    private CrynuxException failure;
    /** The download for those who joined when the task was over. */
    private CompletableFuture<?> fetch = CompletableFuture.completedFuture(null);

    /**
     * Somebody who waits.
     *
     * @param timeout how long for each attempt
     * @param attends whether what it waits for is not its own, and goes on without it
     * @param deadline ends its waiting when nothing here does, or null
     */
    private record Waiter(
            CompletableFuture<TaskResult> future,
            WaitFor waitFor,
            Duration timeout,
            boolean attends,
            MissedDeadline deadline) {

        /** It waits so long from now. */
        void extend(Duration time) {
            if (deadline != null) {
                deadline.extend(time);
            }
        }
    }

    TaskJob(TaskEngine engine, Submission submission) {
        this.engine = engine;
        this.submission = submission;
        this.record = TaskRecord.prepared(submission.order());
        this.steps = new Steps(engine.loop, this::onBroken);
    }

    /** What happens to it on the loop. */
    Steps steps() {
        return steps;
    }

    /** As of the last step; called on any thread. */
    TaskRecord lastKnown() {
        TaskRun current = run;
        return current == null ? record : current.record();
    }

    private void onBroken(Throwable error) {
        if (run != null) {
            run.fail(error);
        } else {
            CrynuxException failed = engine.reports().broken(record, error);
            // Who asks again may have it run: nothing was paid.
            record = record.ended(TaskState.REJECTED, "the client failed: " + error);
            onTrouble(failed, true);
        }
    }

    /** A task that an earlier process left, under way or settled. */
    static TaskJob recovered(TaskEngine engine, TaskRecord record) {
        TaskJob job = new TaskJob(engine, Submission.recovered(record.order()));
        job.record = record;
        job.recovered = true;
        job.failure = engine.reports().end(record);
        return job;
    }

    /** The task is under way: it goes on. */
    TaskRun recover() {
        run = new TaskRun(engine, record, this);
        run.recover();
        if (record.isRefused()) {
            refused.add(run);
        }
        return run;
    }

    /** After an attempt was refused, an earlier process tried the request again. */
    TaskRun recoverRetry(TaskRecord later) {
        record = later;
        failure = engine.reports().end(later);
        return recover();
    }

    /** See {@link io.crynux.client.internal.protocol.AttemptContext#refusedBefore}. */
    List<TaskRecord> refusedBefore(TaskRun asking) {
        return refused.stream()
                .filter(earlier -> earlier != asking)
                .map(TaskRun::record)
                .toList();
    }

    /** Whether an attempt at it was reported as not charged, and may be charged all the same. */
    boolean hasRefused() {
        return !refused.isEmpty();
    }

    Submission submission() {
        return submission;
    }

    void start() {
        begin(submission.order());
    }

    private void begin(TaskOrder order) {
        failure = null;
        recovered = false;
        cancelled = false;
        cancelAsked = null;
        record = TaskRecord.prepared(order);
        run = new TaskRun(engine, record, this);
        run.awaitStart();
    }

    /**
     * Another submission of the same request joins: it is told what is known, or waits. Where nothing was paid in the end,
     * or it allows another attempt, the task is run again.
     */
    void join(Submission later, CompletableFuture<TaskResult> future, MissedDeadline deadline) {
        if (!deadline.begin(this)) {
            return;
        }
        submission = later;
        boolean nothingPaid = record.state() == TaskState.REVERTED || record.state() == TaskState.REJECTED;
        if (failure != null && nothingPaid) {
            await(later, future, deadline);
            begin(later.order());
        } else if (failure != null
                && record.state() == TaskState.ABORTED
                && record.order().attempt() < later.maxAttempts()) {
            await(later, future, deadline);
            begin(nextOrder());
        } else if (failure != null) {
            CrynuxException known = failure;
            engine.tell(() -> future.completeExceptionally(known));
        } else {
            await(later, future, deadline);
            tellReached();
            fetchIfWanted();
        }
    }

    /** Somebody who knows the task by its id waits for it too. */
    void attend(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {
        if (run != null && run.goOn()) {
            failure = null;
        }
        if (failure != null) {
            CrynuxException known = failure;
            engine.tell(() -> future.completeExceptionally(known));
            return;
        }
        awaitOnly(waitFor, timeout, future);
        tellReached();
        fetchIfWanted();
        if (run != null) {
            run.doneUnlessWanted();
        }
    }

    /** Waits, and when its time is up the task goes on as if nobody had waited. */
    void awaitOnly(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {
        await(new Waiter(future, waitFor, timeout, true, null));
    }

    /** The network was asked to give it up: that is no reason to pay for another one. */
    void onCancelAsked(Object cancel) {
        cancelAsked = cancel;
    }

    /** Nothing came of it. */
    void onCancelFailed(Object cancel) {
        if (cancelAsked == cancel) {
            cancelAsked = null;
        }
    }

    /** Waits as long and as far as the submission says. */
    void await(Submission from, CompletableFuture<TaskResult> future, MissedDeadline deadline) {
        await(new Waiter(future, from.waitFor(), from.timeout(), false, deadline));
    }

    private void await(Waiter waiter) {
        // First of all, so that it is told when anything here fails.
        waiters.put(waiter, null);
        waiters.put(waiter, steps.schedule(waiter.timeout(), () -> onDeadline(waiter)));
        if (isOutcome(waiter.waitFor())) {
            engine.tasks.onAwaited(record);
        }
    }

    /** Whether anybody waits for how the task ends. */
    boolean isAwaited() {
        return waiters.keySet().stream().anyMatch(waiter -> isOutcome(waiter.waitFor()));
    }

    private static boolean isOutcome(WaitFor waitFor) {
        return waitFor == WaitFor.SUCCESS || waitFor == WaitFor.RESULT;
    }

    /** Whether anybody wants the result itself, or will come and ask for it. */
    boolean wantsResult() {
        return (recovered && submission.keptKey()) || resultIsAwaited();
    }

    private boolean resultIsAwaited() {
        return waiters.keySet().stream().anyMatch(waiter -> waiter.waitFor() == WaitFor.RESULT);
    }

    void onChange(TaskRun changed) {
        if (run == changed) {
            record = changed.record();
            tellReached();
        }
    }

    private void tellReached() {
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            if (waiter.waitFor() != WaitFor.RESULT && waiter.waitFor().isReachedBy(record.state())) {
                complete(waiter, List.of());
            }
        }
        if (record.state() == TaskState.DONE && waiters.isEmpty()) {
            engine.told(this, !failedOnce);
        }
    }

    /** The result is here. It belongs to whoever gets it, who may delete it; so each of several gets a download of its own. */
    void onResult(TaskRecord done, List<ResultFile> files) {
        Optional<Waiter> first = waiters.keySet().stream()
                .filter(waiter -> waiter.waitFor() == WaitFor.RESULT)
                .findFirst();
        record = done;
        first.ifPresentOrElse(waiter -> complete(waiter, files), () -> files.forEach(ResultFile::close));
        tellReached();
        fetchIfWanted();
    }

    private void complete(Waiter waiter, List<ResultFile> files) {
        release(waiter);
        TaskResult known = engine.reports().result(record, files);
        engine.tell(() -> {
            if (!waiter.future().complete(known)) {
                files.forEach(ResultFile::close);
            }
        });
    }

    /** It was reported as not charged, and whoever asks again may try again. */
    void onRefused(TaskRun unpaid) {
        refused.add(unpaid);
    }

    /** It had been reported as not charged, and is charged: the request is paid for by that run. */
    void onChargedAfterAll(TaskRun paid) {
        TaskRun later = run;
        refused.remove(paid);
        run = paid;
        record = paid.record();
        failure = null;
        if (later != paid) {
            // Its protocol has made sure that not both can count.
            later.abandon();
        }
    }

    /**
     * The task did not end well, for good or because the network refused to charge it.
     *
     * @param repeat whether the client itself was the reason, and nothing was charged
     */
    void onEnd(TaskRun ended, CrynuxException error, boolean repeat) {
        if (run != ended) {
            return;
        }
        record = ended.record();
        boolean wanted = waiters.keySet().stream().anyMatch(waiter -> !waiter.attends());
        if (repeat && wanted) {
            TaskOrder last = record.order();
            LOG.info("{}; it is paid again", error.getMessage());
            begin(submission.order().again(UUID.randomUUID().toString(), last.feeWei(), last.attempt()));
            return;
        }
        boolean again = record.state() == TaskState.ABORTED
                && cancelAsked == null
                && wanted
                && record.order().attempt() < submission.maxAttempts();
        if (again) {
            TaskOrder next = nextOrder();
            if (cancelled) {
                // What has taken longer than it may was cancelled, and the next one has as long.
                List.copyOf(waiters.keySet()).stream()
                        .filter(waiter -> !waiter.attends())
                        .forEach(waiter -> wait(waiter, waiter.timeout()));
            }
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
        engine.told(this, false);
    }

    /** Something failed for those who wait, while the task is not over. */
    void onTrouble(CrynuxException error, boolean lasting) {
        if (waiters.isEmpty()) {
            LOG.warn(error.getMessage());
        }
        if (lasting) {
            failure = error;
            engine.told(this, false);
        }
        tellAll(error);
    }

    /** Nothing can change about that run any more, and the journal knows it. */
    void onSettled(TaskRun settled) {
        refused.remove(settled);
        if (run == settled) {
            record = settled.record();
            forgetIfOver();
        }
    }

    /** Whoever asks under the submitter's own key finds it in the journal from now on. */
    private void forgetIfOver() {
        if (submission.keptKey() && record.isSettled() && waiters.isEmpty()) {
            engine.tasks.forget(this);
        }
    }

    private TaskOrder nextOrder() {
        // Of a task that is settled the journal no longer has the parameters; whoever submits it again has.
        TaskOrder last = record.order();
        return submission
                .order()
                .again(UUID.randomUUID().toString(), submission.raised(last.feeWei()), last.attempt() + 1);
    }

    /** A result that nobody wanted before, that could not be downloaded then, or that somebody else has got. */
    private void fetchIfWanted() {
        if (!resultIsAwaited()) {
            return;
        }
        if (record.state() == TaskState.SUCCEEDED) {
            run.onResultWanted();
        } else if (record.state() == TaskState.DONE && fetch.isDone()) {
            List<ResultFile> kept = engine.journal().keptResult(record);
            if (!kept.isEmpty()) {
                onResult(record, kept);
                return;
            }
            CompletableFuture<List<ResultFile>> download = engine.downloadResult(record);
            fetch = download;
            steps.after(download, (downloaded, error) -> {
                if (error == null) {
                    onResult(record, downloaded);
                } else if (fetch == download && !download.isCancelled()) {
                    tellAll(engine.reports().resultUnavailable(record, error));
                }
            });
        }
    }

    /** Its time begins anew. */
    private void wait(Waiter waiter, Duration time) {
        waiter.extend(time);
        cancel(waiters.put(waiter, steps.schedule(time, () -> onDeadline(waiter))));
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void onDeadline(Waiter waiter) {
        if (!waiters.containsKey(waiter)) {
            return;
        }
        if (waiters.size() == 1
                && !waiter.attends()
                && submission.cancelOnTimeout()
                && !cancelled
                && cancelAsked == null
                && run != null
                && run.isCancellable()) {
            cancelled = true;
            LOG.info("Task {} has timed out; it is cancelled as soon as the network allows it", record.taskId());
            wait(waiter, run.cancel());
            return;
        }
        release(waiter);
        failedOnce |= !waiter.attends();
        boolean waited = run != null && engine.admission.isWaiting(run);
        CrynuxException error = waited
                ? TaskErrors.neverStarted(record, engine.admission)
                : run == null ? engine.reports().timedOut(record) : run.timedOut();
        engine.tell(() -> waiter.future().completeExceptionally(error));
        if (waiters.isEmpty() && !record.state().isEnd() && !waiter.attends()) {
            failure = error;
            run.giveUp("deadline passed");
            engine.told(this, false);
        }
    }

    private void tellAll(CrynuxException error) {
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            release(waiter);
            failedOnce |= !waiter.attends();
            engine.tell(() -> waiter.future().completeExceptionally(error));
        }
    }

    private void release(Waiter waiter) {
        cancel(waiters.remove(waiter));
        if (waiters.isEmpty()) {
            fetch.cancel(false);
            forgetIfOver();
        }
    }

    void shutdown() {
        if (run != null) {
            run.shutdown();
        }
        CrynuxException error = engine.reports().shutdown(record);
        for (Waiter waiter : List.copyOf(waiters.keySet())) {
            release(waiter);
            waiter.future().completeExceptionally(error);
        }
    }
}
