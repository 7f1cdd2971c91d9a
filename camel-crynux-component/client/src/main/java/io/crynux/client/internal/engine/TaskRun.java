// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.engine.RunTransitions.Transition;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a request: its record, its place among the account's tasks and the download of its result. What the network
 * is asked and answers is the protocol's {@link Attempt}. Used on the engine's loop only.
 */
final class TaskRun implements AttemptContext {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);
    /** States in which a result may be on its way, or is here. */
    private static final Set<TaskState> WITH_RESULT = EnumSet.range(TaskState.SUCCEEDED, TaskState.DONE);

    private final TaskEngine engine;
    private final TaskJob job;
    private final Steps steps;
    private final ResultTransfer result;
    private final TaskTimes times;
    /** Made when the run begins; null where that has failed. */
    private Attempt attempt;
    /** Read by anybody when the loop hangs. */
    private volatile TaskRecord record;
    /** Whether the journal knows that nothing can change any more. */
    private boolean settledInJournal;
    /** The last write of the record. */
    private CompletionStage<Void> kept = CompletableFuture.completedFuture(null);

    private final AttemptClaim claim;

    TaskRun(TaskEngine engine, TaskRecord record, TaskJob job) {
        this.engine = engine;
        this.job = job;
        this.record = record;
        this.steps = new Steps(engine.loop, this::onBroken);
        this.result = new ResultTransfer(engine, steps);
        this.claim = new AttemptClaim(engine, this);
        this.times = new TaskTimes(engine.observer, engine.loop, record.order().kind());
    }

    @Override
    public TaskRecord record() {
        return record;
    }

    @Override
    public List<TaskRecord> refusedBefore() {
        return job.refusedBefore(this);
    }

    @Override
    public Steps steps() {
        return steps;
    }

    TaskJob job() {
        return job;
    }

    Attempt attempt() {
        return attempt;
    }

    /**
     * It is new. It begins if nobody has begun the same attempt; then the journal has its record.
     *
     * @param after key of the attempt before it, which has ended, or null
     * @param mayWait whether it may wait for its turn although others wait who were first
     */
    void claim(String after, boolean mayWait) {
        kept = claim.begin(after, mayWait);
    }

    /** The journal has an attempt that answers the request. */
    void onKnown(TaskRecord known) {
        job.onKnown(this, known);
    }

    /** It does not begin, and is not observed: there was no task. */
    void reject(RuntimeException why) {
        TaskRecord rejected = record.ended(TaskState.REJECTED, why.getMessage());
        change(RunStep.END, engine.settled(rejected, engine.settlement(BigInteger.ZERO)));
        write();
        job.steps().run(() -> job.onEnd(this, why, false));
        onSettled();
    }

    /** It waits for its turn. */
    void awaitStart() {
        attempt = engine.protocol.begin(this);
        times.begin();
        engine.admission.admit(this);
    }

    void start() {
        engine.tasks.remember(this);
        tell();
        attempt.start();
    }

    /** Goes on where an earlier process left it, as soon as the protocol has found out what happened since. */
    void recover() {
        claim.granted();
        engine.tasks.remember(this);
        attempt = engine.protocol.recover(this);
        if (!record.isRefused() && record.state() != TaskState.DONE) {
            engine.admission.readmit(this);
        }
    }

    @Override
    public void checkBudget(BigInteger mostWei) {
        engine.budget.check(record.key(), mostWei);
    }

    @Override
    public CompletionStage<Void> commit(Change what) {
        Spending spending = record.isCommitted()
                ? record.spending().atMost(what.mostWei())
                : new Spending(engine.now(), what.mostWei());
        TaskRecord changed = record.committed(what.state(), what.slot(), spending, what.data());
        if (!record.isCommitted()) {
            if (record.state().isEnd()) {
                return CompletableFuture.failedFuture(new CancellationException("the task ended before it was paid"));
            }
            if (engine.isStopping()) {
                return CompletableFuture.failedFuture(engine.reports().shutdown(record));
            }
        }
        require(RunStep.COMMIT, changed);
        try {
            engine.budget.reserve(record.key(), what.mostWei());
        } catch (BudgetExceededException e) {
            return CompletableFuture.failedFuture(e);
        }
        if (!record.isCommitted()) {
            TaskLog.state(changed);
        }
        change(RunStep.COMMIT, changed);
        return engine.write(changed);
    }

    @Override
    public void note(TaskRecord changed) {
        change(RunStep.NOTE, changed);
    }

    @Override
    public void progress(TaskRecord changed) {
        change(RunStep.PROGRESS, changed);
        report();
        doneUnlessWanted();
    }

    /**
     * Every change of the record goes through here.
     *
     * @throws IllegalStateException when the table has no such transition; nothing is changed then
     */
    private void change(RunStep step, TaskRecord changed) {
        require(step, changed);
        TaskState from = record.state();
        if (!WITH_RESULT.contains(changed.state())) {
            result.stop();
        }
        TaskRecord before = record;
        record = changed;
        engine.tasks.renamed(this, before);
        if (from != changed.state()) {
            engine.onTransition.accept(new Transition(from, step, changed.state()));
        }
    }

    private void require(RunStep step, TaskRecord changed) {
        TaskState from = record.state();
        if (!RunTransitions.allow(from, step, changed.state()) || (record.isSettled() && from != changed.state())) {
            throw new IllegalStateException(
                    TaskLog.name(record) + " is " + from + " and cannot become " + changed.state() + " on " + step);
        }
    }

    /** The state is journaled, logged and reported. */
    private void report() {
        write();
        tell();
    }

    private void tell() {
        TaskLog.state(record);
        // A failure to report must not unwind into the attempt, which has more to do.
        job.steps().run(() -> {
            times.onState(record.state());
            job.onChange(this);
        });
    }

    @Override
    public void started() {
        engine.admission.started(this);
    }

    @Override
    public void resultsReady() {
        if (record.state() != TaskState.SUCCEEDED) {
            return;
        }
        result.download(record, (files, error) -> {
            if (error != null) {
                onUnavailable(error);
            } else {
                onDownloaded(files);
            }
        });
    }

    @Override
    public void pause() {
        result.stop();
    }

    /** Whoever comes later may try again; meanwhile the task does not hold its place. */
    private void onUnavailable(Throwable error) {
        job.onTrouble(engine.reports().resultUnavailable(record, error), false);
        if (record.state() == TaskState.SUCCEEDED && !job.resultIsAwaited()) {
            done();
        }
    }

    private void onDownloaded(List<ResultFile> files) {
        change(RunStep.DOWNLOAD, record.in(TaskState.DOWNLOADED));
        report();
        try {
            if (record.state() == TaskState.DOWNLOADED) {
                done();
            }
        } finally {
            job.onResult(record, files);
        }
    }

    private void done() {
        change(RunStep.FINISH, record.in(TaskState.DONE));
        report();
        left();
        attempt.onDone();
    }

    @Override
    public void left() {
        engine.admission.left(this);
    }

    /** Somebody wants the result of the task, which has succeeded. */
    void onResultWanted() {
        attempt.onResultWanted();
    }

    /** Nobody may want the result although it is there. */
    void doneUnlessWanted() {
        if (record.state() == TaskState.SUCCEEDED && !job.wantsResult()) {
            done();
        }
    }

    @Override
    public void trouble(CrynuxException error, boolean lasting) {
        job.onTrouble(error, lasting);
    }

    @Override
    public void refused(CrynuxException refusal) {
        if (record.isSettled()) {
            // A late answer, when it is known already what became of it.
            return;
        }
        boolean reported = record.state().isEnd();
        change(RunStep.REFUSE, record.ended(TaskState.REJECTED, refusal.getMessage()));
        left();
        job.onRefused(this);
        report();
        if (!reported) {
            job.steps().run(() -> job.onEnd(this, refusal, false));
        }
    }

    @Override
    public void chargedAfterAll() {
        engine.admission.readmit(this);
        job.onChargedAfterAll(this);
    }

    @Override
    public void ended(TaskState state, String reason, Settlement settlement, CrynuxException error, boolean again) {
        change(RunStep.END, engine.settled(record.ended(state, reason), settlement));
        engine.forget(this);
        report();
        job.steps().run(() -> job.onEnd(this, error, again));
        onSettled();
    }

    @Override
    public void settled(Settlement settlement) {
        if (!record.state().isEnd()) {
            throw new IllegalStateException(TaskLog.name(record) + " is " + record.state() + " and cannot be settled");
        }
        if (record.isSettled()) {
            // As when nothing was signed for a task that was given up: its payment hears of that later.
            return;
        }
        record = engine.settled(record, settlement);
        write();
        engine.forget(this);
        onSettled();
    }

    @Override
    public void cancelAsked(Object by) {
        job.onCancelAsked(by);
    }

    @Override
    public void cancelFailed(Object by) {
        job.onCancelFailed(by);
    }

    boolean isCancellable() {
        return attempt != null && attempt.isCancellable();
    }

    /** Has the network give the task up; what comes of it is reported like any other end. */
    Duration cancel() {
        return attempt.cancel();
    }

    /** What a submitter is told who waits no longer. */
    CrynuxException timedOut() {
        return attempt == null ? engine.reports().timedOut(record) : attempt.timedOut();
    }

    /** Nobody waits any more. What was paid stays followed: it holds its place among the account's tasks for so long. */
    void giveUp(String why) {
        TaskState end = record.isCommitted() ? TaskState.TIMED_OUT : TaskState.REJECTED;
        change(RunStep.GIVE_UP, record.ended(end, why));
        report();
        try {
            if (attempt != null) {
                attempt.giveUp();
            }
        } finally {
            if (!record.isCommitted() && !record.isSettled()) {
                // Nothing has left, and nothing will: there is nothing to wait for, even if the attempt has failed.
                BigInteger nothing = BigInteger.ZERO;
                engine.budget.settle(record, nothing);
                settled(engine.settlement(nothing));
            }
        }
    }

    /** Another attempt at the request, which was reported as not charged, is charged after all. */
    void abandon() {
        if (!record.isCommitted() && !record.state().isEnd()) {
            giveUp("the payment that was refused before was mined after all");
        }
    }

    /** A step threw what nobody expects. Whoever waits is told what is known of the money; what is paid stays followed. */
    private void onBroken(Throwable error) {
        try {
            // Whoever asks again for what ended well gets its result.
            boolean lasting = record.state() != TaskState.DONE;
            job.onTrouble(engine.reports().broken(record, error), lasting);
        } finally {
            if (!record.state().isEnd()) {
                giveUp("the client failed: " + error);
            }
        }
    }

    /** Somebody waits again for a task that was given up here, but not by the network: it goes on where it is. */
    boolean goOn() {
        return attempt != null && !record.isSettled() && attempt.goOn();
    }

    void shutdown() {
        result.stop();
        engine.forget(this);
        if (attempt != null) {
            attempt.close();
        }
    }

    /** A step of the run's request failed. */
    void fail(Throwable error) {
        onBroken(error);
    }

    /** Until the journal has it, whoever asks with the same key must find the job. */
    private void onSettled() {
        steps.after(kept, (done, error) -> {
            if (error == null) {
                settledInJournal = true;
                job.onSettled(this);
            }
        });
    }

    boolean isSettledInJournal() {
        return settledInJournal;
    }

    private void write() {
        if (claim.isGranted()) {
            kept = writeRecord();
        }
    }

    /** Writes the record as it is now. */
    CompletionStage<Void> writeRecord() {
        TaskRecord written = record;
        CompletionStage<Void> writing = engine.write(written);
        writing.whenComplete((done, error) -> {
            if (error != null) {
                LOG.error(
                        "The task journal could not store that {} is {}",
                        TaskLog.name(written),
                        written.state(),
                        error);
            }
        });
        return writing;
    }
}
