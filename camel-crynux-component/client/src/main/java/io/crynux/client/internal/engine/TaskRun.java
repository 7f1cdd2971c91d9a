// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.journal.TaskRecord.Settlement;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
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

    private final TaskEngine engine;
    private final TaskJob job;
    private final Steps steps;
    private final ResultTransfer result;
    private final TaskTimes times;
    /** Made when the run begins. */
    private Attempt attempt;
    /** Read by anybody when the loop hangs. */
    private volatile TaskRecord record;
    /** The last write of the record. */
    private CompletionStage<Void> kept = CompletableFuture.completedFuture(null);

    TaskRun(TaskEngine engine, TaskRecord record, TaskJob job) {
        this.engine = engine;
        this.job = job;
        this.record = record;
        this.steps = new Steps(engine.loop, this::onBroken);
        this.result = new ResultTransfer(engine, steps);
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

    /** It is new, and is started when there is room. */
    void awaitStart() {
        attempt = engine.protocol.begin(this);
        times.begin();
        engine.admission.admit(this);
    }

    void start() {
        engine.tasks.remember(this);
        progress(record);
        attempt.start();
    }

    /** Goes on where an earlier process left it, as soon as the protocol has found out what happened since. */
    void recover() {
        engine.tasks.remember(this);
        attempt = engine.protocol.recover(this);
        if (!record.isRefused() && record.state() != TaskState.DONE) {
            engine.admission.readmit(this);
        }
    }

    @Override
    public void reserve(BigInteger mostWei) {
        engine.budget.reserve(record.order().key(), mostWei);
    }

    @Override
    public CompletionStage<Void> commit(TaskRecord changed) {
        if (!record.isCommitted()) {
            if (record.state().isEnd()) {
                return CompletableFuture.failedFuture(new CancellationException("the task ended before it was paid"));
            }
            if (engine.isStopping()) {
                return CompletableFuture.failedFuture(engine.reports().shutdown(record));
            }
            TaskLog.state(changed);
        }
        become(changed);
        return engine.write(changed);
    }

    @Override
    public void note(TaskRecord changed) {
        become(changed);
    }

    /** Every change of state goes through here: it is journaled, logged and reported. */
    @Override
    public void progress(TaskRecord changed) {
        boolean fellBack =
                record.state() == TaskState.SUCCEEDED && changed.state().compareTo(TaskState.SUCCEEDED) < 0;
        if (fellBack) {
            result.stop();
        }
        become(changed);
        TaskLog.state(record);
        write();
        times.onState(record.state());
        job.onChange(this);
        if (record.state() == TaskState.SUCCEEDED && !job.wantsResult()) {
            done();
        }
    }

    private void become(TaskRecord changed) {
        TaskRecord before = record;
        record = changed;
        engine.tasks.renamed(this, before);
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
                job.onTrouble(engine.reports().resultUnavailable(record, error), false);
            } else {
                progress(record.in(TaskState.DOWNLOADED));
                done();
                job.onResult(record, files);
            }
        });
    }

    @Override
    public void pause() {
        result.stop();
    }

    private void done() {
        progress(record.in(TaskState.DONE));
        attempt.onDone();
        left();
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
        boolean reported = record.state().isEnd();
        result.stop();
        progress(record.ended(TaskState.REJECTED, refusal.getMessage()));
        left();
        job.onRefused(this);
        if (!reported) {
            job.onEnd(this, refusal, false);
        }
    }

    @Override
    public void chargedAfterAll() {
        engine.admission.readmit(this);
        job.onChargedAfterAll(this);
    }

    @Override
    public void ended(TaskState state, String reason, Settlement settlement, CrynuxException error, boolean again) {
        result.stop();
        progress(record.ended(state, reason).settled(settlement));
        engine.forget(this);
        job.onEnd(this, error, again);
        whenKept(() -> job.onSettled(this));
    }

    @Override
    public void settled(Settlement settlement) {
        become(record.settled(settlement));
        write();
        engine.forget(this);
        whenKept(() -> job.onSettled(this));
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
        return attempt.isCancellable();
    }

    /** Has the network give the task up; what comes of it is reported like any other end. */
    Duration cancel() {
        return attempt.cancel();
    }

    /** What a submitter is told who waits no longer. */
    CrynuxException timedOut() {
        return attempt.timedOut();
    }

    /** Nobody waits any more. What was paid stays followed: it holds its place among the account's tasks for so long. */
    void giveUp(String why) {
        result.stop();
        progress(record.ended(record.isCommitted() ? TaskState.TIMED_OUT : TaskState.REJECTED, why));
        attempt.giveUp();
    }

    /** Another attempt at the request, which was reported as not charged, is charged after all. */
    void abandon() {
        if (!record.isCommitted()) {
            giveUp("the payment that was refused before was mined after all");
        }
    }

    /** A step threw what nobody expects. Whoever waits is told what is known of the money; what is paid stays followed. */
    private void onBroken(Throwable error) {
        job.onTrouble(engine.reports().broken(record, error), true);
        if (!record.state().isEnd()) {
            giveUp("the client failed: " + error);
        }
    }

    /** Somebody waits again for a task that was given up here, but not by the network: it goes on where it is. */
    boolean goOn() {
        return attempt.goOn();
    }

    void shutdown() {
        result.stop();
        attempt.close();
        engine.forget(this);
    }

    /** A step of the run's request failed. */
    void fail(Throwable error) {
        onBroken(error);
    }

    /** Until the journal has it, whoever asks with the same key must find the job. */
    private void whenKept(Runnable step) {
        steps.after(kept, (done, error) -> {
            if (error == null) {
                step.run();
            }
        });
    }

    private void write() {
        TaskRecord written = record;
        kept = engine.write(written);
        kept.whenComplete((done, error) -> {
            if (error != null) {
                LOG.error(
                        "The task journal could not store that {} is {}",
                        TaskLog.name(written),
                        written.state(),
                        error);
            }
        });
    }
}
