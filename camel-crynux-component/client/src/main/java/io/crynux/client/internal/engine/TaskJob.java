// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.engine.Waiters.Waiter;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request: its attempts, and everybody who waits for it. Used on the engine's loop only. */
final class TaskJob {
    private static final Logger LOG = LoggerFactory.getLogger(TaskJob.class);
    private final TaskEngine engine;
    private final Steps steps;
    private final Waiters waiters;

    /** Earlier runs that were reported as not charged, as long as they may turn out to be charged all the same. */
    private final List<TaskRun> refused = new ArrayList<>();

    private Submission submission;
    // Read by anybody when the loop hangs.
    private volatile TaskRun run;
    private volatile TaskRecord record;

    private Cancelling cancelling = new Cancelling();
    /** Whether an earlier process took the request: whoever waited then may come again. */
    private boolean recovered;
    /** How it ended, when it did not end well. */
    private RuntimeException failure;
    /** Ends its being known for redeliveries. */
    private Future<?> forgetting = CompletableFuture.completedFuture(null);
    /** The download for those who joined when the task was over. */
    private CompletableFuture<?> fetch = CompletableFuture.completedFuture(null);

    /** Who wants the network to give the attempt up. */
    private static final class Cancelling {
        private boolean timeIsUp;
        private Object asked;

        boolean isWanted() {
            return timeIsUp || asked != null;
        }
    }

    TaskJob(TaskEngine engine, Submission submission) {
        this.engine = engine;
        this.submission = submission;
        this.record = TaskRecord.prepared(submission.order());
        this.steps = new Steps(engine.loop, this::onBroken);
        this.waiters = new Waiters(engine, steps, this::onDeadline);
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
            engine.tasks.forget(this);
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
        try {
            run.recover();
        } catch (Throwable e) {
            // The journal still has it, and the next start tries again.
            engine.forget(run);
            engine.tasks.forget(this);
            throw e;
        }
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
        begin(submission.order(), null, !submission.keptKey());
    }

    /** @param after the attempt that has ended */
    private void begin(TaskOrder order, TaskRecord after) {
        begin(order, after.key(), true);
    }

    /** @param mayWait see {@link TaskRun#claim} */
    private void begin(TaskOrder order, String after, boolean mayWait) {
        failure = null;
        recovered = false;
        cancelling = new Cancelling();
        forgetting.cancel(false);
        record = TaskRecord.prepared(order);
        run = new TaskRun(engine, record, this);
        run.claim(after, mayWait);
    }

    /** The journal has an attempt that answers the request: perhaps an earlier process has paid for it. */
    void onKnown(TaskRun asking, TaskRecord known) {
        if (run != asking) {
            return;
        }
        run = null;
        record = known;
        TaskRun here = engine.tasks.runOf(known.key()).orElse(null);
        if (!Submission.recovered(known.order()).sameRequest(submission)) {
            failAndForget(TaskErrors.otherRequest(submission));
        } else if (here != null && here.job() != this) {
            joinOther(here.job());
        } else if (!known.state().isEnd() || known.isRefused()) {
            failAndForget(TaskErrors.unknownEnd(known));
        } else {
            recovered = true;
            failure = engine.reports().end(known);
            answer();
        }
    }

    private void failAndForget(CrynuxException error) {
        failure = error;
        if (refused.isEmpty()) {
            engine.tasks.forget(this);
        }
        tellAll(error);
    }

    private void joinOther(TaskJob other) {
        engine.tasks.forget(this);
        engine.tasks.remember(other);
        for (Waiter waiter : waiters.all()) {
            waiters.leave(waiter);
            other.steps().run(() -> other.join(submission, waiter.future(), waiter.deadline()));
        }
        engine.tasks.waitedFor(this, false);
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
        if (failure != null && !mayTryAgain()) {
            RuntimeException known = failure;
            engine.tell(() -> future.completeExceptionally(known));
        } else {
            await(later, future, deadline);
            answer();
        }
    }

    private boolean mayTryAgain() {
        return nothingPaid()
                || (record.state() == TaskState.ABORTED && record.order().attempt() < submission.maxAttempts());
    }

    private boolean nothingPaid() {
        return record.state() == TaskState.REVERTED || record.state() == TaskState.REJECTED;
    }

    /** Whoever waits is told what is known, waits on, or has the task run again. */
    private void answer() {
        if (failure == null) {
            tellReached();
            fetchIfWanted();
        } else if (!mayTryAgain()) {
            tellAll(failure);
        } else {
            begin(nothingPaid() ? submission.order() : nextOrder(), record);
        }
    }

    /** Somebody who knows the task by its id waits for it too. */
    void attend(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {
        Waiter waiter = new Waiter(future, waitFor, timeout, true, null);
        // Before anything else, so that it hears of what fails here.
        await(waiter);
        if (run != null && run.goOn()) {
            failure = null;
        }
        if (failure != null) {
            waiters.fail(waiter, failure);
            onLeft();
            return;
        }
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
        cancelling.asked = cancel;
    }

    /** Nothing came of it. */
    void onCancelFailed(Object cancel) {
        if (cancelling.asked == cancel) {
            cancelling.asked = null;
        }
    }

    /** Waits as long and as far as the submission says. */
    void await(Submission from, CompletableFuture<TaskResult> future, MissedDeadline deadline) {
        await(new Waiter(future, from.waitFor(), from.timeout(), false, deadline));
    }

    private void await(Waiter waiter) {
        engine.tasks.waitedFor(this, true);
        waiters.add(waiter);
        if (waiter.wantsOutcome()) {
            engine.tasks.onAwaited(record);
        }
    }

    /** Whether anybody waits for how the task ends. */
    boolean isAwaited() {
        return waiters.any(Waiter::wantsOutcome);
    }

    /** Whether anybody wants the result itself, or will come and ask for it. */
    boolean wantsResult() {
        return (recovered && submission.keptKey()) || resultIsAwaited();
    }

    boolean resultIsAwaited() {
        return waiters.any(Waiter::wantsResult);
    }

    void onChange(TaskRun changed) {
        if (run == changed) {
            record = changed.record();
            tellReached();
        }
    }

    private void tellReached() {
        for (Waiter waiter : waiters.all()) {
            if (waiter.isReachedBy(record.state())) {
                complete(waiter, List.of());
            }
        }
        if (record.state() == TaskState.DONE && waiters.isEmpty()) {
            engine.told(this, !waiters.anyFailed());
        }
    }

    /** The result is here. It belongs to whoever gets it, who may delete it; so each of several gets a download of its own. */
    void onResult(TaskRecord done, List<ResultFile> files) {
        record = done;
        waiters.first(Waiter::wantsResult)
                .ifPresentOrElse(waiter -> complete(waiter, files), () -> files.forEach(ResultFile::close));
        tellReached();
        fetchIfWanted();
    }

    private void complete(Waiter waiter, List<ResultFile> files) {
        waiters.complete(waiter, engine.reports().result(record, files));
        onLeft();
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
        if (later != null && later != paid) {
            // Its protocol has made sure that not both can count.
            later.abandon();
        }
    }

    /**
     * The task did not end well, for good or because the network refused to charge it.
     *
     * @param repeat whether the client itself was the reason, and nothing was charged
     */
    void onEnd(TaskRun ended, RuntimeException error, boolean repeat) {
        if (run != ended) {
            return;
        }
        record = ended.record();
        boolean wanted = waiters.any(waiter -> !waiter.attends());
        if (repeat && wanted) {
            TaskOrder last = record.order();
            LOG.info("{}; it is paid again", error.getMessage());
            begin(submission.order().again(UUID.randomUUID().toString(), last.feeWei(), last.attempt()), record);
            return;
        }
        boolean again = record.state() == TaskState.ABORTED
                && cancelling.asked == null
                && wanted
                && record.order().attempt() < submission.maxAttempts();
        if (again) {
            TaskOrder next = nextOrder();
            if (cancelling.timeIsUp) {
                // What has taken longer than it may was cancelled, and the next one has as long.
                waiters.all().stream()
                        .filter(waiter -> !waiter.attends())
                        .forEach(waiter -> waiters.extend(waiter, waiter.timeout()));
            }
            LOG.info(
                    "{}. Attempt {} of {} pays {} wei",
                    error.getMessage(),
                    next.attempt(),
                    submission.maxAttempts(),
                    next.feeWei());
            begin(next, record);
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
        }
        forgetIfOver();
    }

    /**
     * Whoever asks under the submitter's own key finds it in the journal from now on. There they would not find an earlier attempt
     * that may be charged all the same, and that another one must not be charged beside.
     */
    private void forgetIfOver() {
        boolean isKept = run == null ? record.isSettled() : run.isSettledInJournal();
        if (submission.keptKey() && isKept && refused.isEmpty() && waiters.isEmpty()) {
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
            CompletableFuture<List<ResultFile>> kept = engine.journal().kept(record);
            fetch = kept;
            steps.after(kept, (files, error) -> {
                if (error == null && !files.isEmpty()) {
                    onResult(record, files);
                } else if (fetch == kept && !kept.isCancelled()) {
                    download();
                }
            });
        }
    }

    private void download() {
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

    private void onDeadline(Waiter waiter) {
        if (waiters.isOnly(waiter)
                && !waiter.attends()
                && submission.cancelOnTimeout()
                && !cancelling.isWanted()
                && run != null
                && run.isCancellable()) {
            cancelling.timeIsUp = true;
            LOG.info("Task {} has timed out; it is cancelled as soon as the network allows it", record.taskId());
            waiters.extend(waiter, run.cancel());
            return;
        }
        CrynuxException error = timedOut();
        waiters.fail(waiter, error);
        onLeft();
        if (waiters.isEmpty() && !record.state().isEnd() && !waiter.attends()) {
            failure = error;
            run.giveUp("deadline passed");
            engine.told(this, false);
        }
    }

    private CrynuxException timedOut() {
        if (run == null) {
            return engine.reports().timedOut(record);
        }
        return engine.admission.isWaiting(run) ? TaskErrors.neverStarted(record, engine.admission) : run.timedOut();
    }

    private void tellAll(RuntimeException error) {
        waiters.all().forEach(waiter -> waiters.fail(waiter, error));
        onLeft();
    }

    /** A redelivery may come for so long; then the job is forgotten, unless it runs again. */
    void forgetIn(Duration time) {
        forgetting.cancel(false);
        if (time.isZero()) {
            engine.tasks.forget(this);
        } else if (!engine.isStopping()) {
            // A client that stops forgets all.
            forgetting = steps.schedule(time, () -> engine.tasks.forget(this));
        }
    }

    /** Somebody waits no longer. */
    private void onLeft() {
        if (waiters.isEmpty()) {
            engine.tasks.waitedFor(this, false);
            fetch.cancel(false);
            forgetIfOver();
        }
    }

    void shutdown() {
        forgetting.cancel(false);
        if (run != null) {
            run.shutdown();
        }
        CrynuxException error = engine.reports().shutdown(record);
        waiters.all().forEach(waiter -> waiters.failNow(waiter, error));
        onLeft();
    }
}
