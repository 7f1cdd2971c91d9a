// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.JournalException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Loop;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.internal.result.ResultDownload;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.task.Content;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks from order to end. Everything that changes a task runs on one serial loop, so tasks need no locks, and no
 * thread waits for any of them.
 */
public final class TaskEngine {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);

    final Protocol protocol;
    final EngineSettings settings;
    /** What is under way; used on the loop only. */
    final OpenTasks tasks = new OpenTasks();

    private final EngineJournal journal;
    private final String id = UUID.randomUUID().toString();
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    final Loop loop;
    final Admission admission;
    final Budget budget;
    final ClientObserver observer;
    /** Set by tests. */
    Consumer<RunTransitions.Transition> onTransition = transition -> {};

    private final Executor executor;
    /** Submissions that are not over. */
    private final Set<MissedDeadline> open = ConcurrentHashMap.newKeySet();
    /** Completions that have not run yet. */
    private final Set<Runnable> untold = ConcurrentHashMap.newKeySet();

    // What follows is used on the loop only.
    private boolean stopping;
    private boolean closed;

    /**
     * @param loop where tasks change
     * @param executor runs what must not hold up the loop
     * @param scheduler ends submissions where the loop hangs
     */
    public TaskEngine(
            Protocol protocol,
            TaskJournal journal,
            EngineSettings settings,
            Clock clock,
            Loop loop,
            Executor executor,
            ScheduledExecutorService scheduler,
            ClientObserver observer) {
        this.observer = observer;
        this.protocol = protocol;
        this.journal = new EngineJournal(journal);
        this.clock = clock;
        this.settings = settings;
        this.executor = executor;
        this.scheduler = scheduler;
        this.loop = loop;
        this.admission = new Admission(settings.limits());
        this.budget = new Budget(settings.budget(), clock);
        protocol.open(new EngineServices(this));
    }

    TaskReports reports() {
        return protocol.reports();
    }

    /**
     * Connects to the network, opens the journal and takes up the tasks in it. Completes when it is known what became of
     * them, so that new payments cannot get in their way. After a failure it may be called again.
     */
    public CompletableFuture<Void> start() {
        return Futures.start(protocol::connect)
                .thenComposeAsync(this::openJournal, loop)
                .thenComposeAsync(opened -> recover(), loop);
    }

    private CompletableFuture<Void> openJournal(NetworkIdentity identity) {
        if (closed) {
            throw new CrynuxShutdownException("The client is closed; nothing was signed");
        }
        JournalScope scope = new JournalScope(
                identity,
                settings.retention(),
                settings.budget().isLimited() ? settings.budget().period() : Duration.ZERO,
                clock);
        return journal.open(scope, new JournalOwner(id, executor));
    }

    private CompletableFuture<Void> recover() {
        CompletableFuture<Void> recovered = journal.spentSince(budget.countedSince())
                .thenCombine(journal.unsettled(), (spent, left) -> new Left(spent, left))
                .thenApplyAsync(this::takeUp, loop)
                .thenCompose(
                        recovery -> Futures.start(protocol::catchUp).thenAcceptAsync(known -> ready(recovery), loop));
        // Whatever it was that failed: what stays open would refuse the next try.
        return recovered
                .handleAsync(
                        (done, error) ->
                                error == null ? CompletableFuture.<Void>completedFuture(null) : abandonRecovery(error),
                        loop)
                .thenCompose(ended -> ended);
    }

    /** What an earlier process has left in the journal. */
    private record Left(BigInteger spent, List<JournalRecord> unsettled) {}

    private Recovery takeUp(Left left) {
        if (closed) {
            throw new CrynuxShutdownException("The client is closed; nothing was signed");
        }
        budget.load(left.spent(), left.unsettled());
        Recovery recovery = Recovery.of(this, left.unsettled());
        recovery.begin();
        return recovery;
    }

    private void ready(Recovery recovery) {
        recovery.finish();
        journal.ready();
    }

    /** Takes up a task that an earlier process left. */
    TaskRun recover(TaskRecord record) {
        TaskJob job = TaskJob.recovered(this, record);
        TaskJob earlier = tasks.job(job.submission().key());
        if (earlier != null && earlier.hasRefused()) {
            return earlier.recoverRetry(record);
        }
        tasks.remember(job);
        return job.recover();
    }

    /** It did not work out, and may be tried again: nothing was sent, nothing is remembered. The journal still has the tasks. */
    private CompletableFuture<Void> abandonRecovery(Throwable why) {
        CompletableFuture<Void> abandoned = new CompletableFuture<>();
        try {
            tasks.discard();
            protocol.discard();
        } finally {
            journal.close().whenComplete((done, error) -> {
                if (error != null) {
                    why.addSuppressed(error);
                }
                abandoned.completeExceptionally(why);
            });
        }
        return abandoned;
    }

    /** Writes a record. */
    CompletionStage<Void> write(JournalRecord record) {
        return journal.commit(record);
    }

    /** Where the tasks are kept; open from the connection on. */
    EngineJournal journal() {
        return journal;
    }

    /**
     * Runs a task, or joins the one that its key names, once the engine has started. The future completes when it has come as
     * far as the submission waits for, or has failed.
     *
     * @param connected of {@link #start}
     */
    public CompletableFuture<TaskResult> submit(Submission submission, CompletableFuture<Void> connected) {
        CompletableFuture<TaskResult> result = new CompletableFuture<>();
        MissedDeadline deadline = new MissedDeadline(this, scheduler, submission, result);
        open.add(deadline);
        result.whenComplete((done, error) -> open.remove(deadline));
        deadline.watch();
        connected.whenComplete((ready, error) -> {
            if (error == null) {
                loop.execute(() -> submit(submission, result, deadline));
            } else {
                result.completeExceptionally(Futures.cause(error));
            }
        });
        return result;
    }

    private void submit(Submission submission, CompletableFuture<TaskResult> result, MissedDeadline deadline) {
        if (stopping) {
            result.completeExceptionally(new CrynuxShutdownException("The client stops; nothing was signed"));
            return;
        }
        TaskJob known = tasks.job(submission.key());
        if (known == null) {
            begin(submission, result, deadline);
        } else if (known.submission().sameRequest(submission)) {
            known.steps().run(() -> known.join(submission, result, deadline));
        } else {
            result.completeExceptionally(TaskErrors.otherRequest(submission));
        }
    }

    /** It is claimed first: the journal knows whether an earlier process has begun, or finished, the same request. */
    private void begin(Submission submission, CompletableFuture<TaskResult> result, MissedDeadline deadline) {
        if (!submission.keptKey() && admission.isFull()) {
            result.completeExceptionally(TaskErrors.tooMany(admission));
            return;
        }
        TaskJob job = new TaskJob(this, submission);
        if (!deadline.begin(job)) {
            return;
        }
        tasks.remember(job);
        job.steps().run(() -> {
            job.await(submission, result, deadline);
            job.start();
        });
    }

    /**
     * All who wait for the job are told. A redelivery may ask for one that failed. One with a key of the submitter's own is
     * known until the journal knows what became of it for good.
     */
    void told(TaskJob job, boolean well) {
        if (job.submission().keptKey()) {
            return;
        }
        job.forgetIn(well ? Duration.ZERO : settings.retention());
    }

    /** What is under way; called on any thread. */
    public Load load() {
        Admission.Load load = admission.load();
        return new Load(load.inFlight(), load.unstarted(), load.waiting());
    }

    /**
     * How much is under way.
     *
     * @param inFlight tasks that are not finished
     * @param unstarted those of them that no node has started
     * @param waiting tasks that wait for their turn
     */
    public record Load(int inFlight, int unstarted, int waiting) {}

    /**
     * Finds out whether the journal can be written. The future's value is false while it is not open, since the client is not
     * connected; it fails with a {@link JournalException} when it could not be opened, or cannot be written.
     */
    public CompletableFuture<Boolean> checkJournal() {
        return journal.check();
    }

    /** Signs nothing any more; what is paid goes on until {@link #close()}. */
    public void stopSigning() {
        loop.execute(() -> {
            stopping = true;
            admission.stop();
        });
    }

    boolean isStopping() {
        return stopping;
    }

    /** Ends every submission; what was paid goes on in the network. The stage completes when all are told. */
    public CompletionStage<Void> close() {
        try {
            protocol.disconnect();
        } catch (Throwable e) {
            LOG.error("The protocol failed to disconnect; the client is closed all the same", e);
        }
        return CompletableFuture.runAsync(
                        () -> {
                            closed = true;
                            stopping = true;
                            admission.stop();
                            try {
                                tasks.shutdown();
                                protocol.close();
                            } finally {
                                // The executor may be stopped before it comes to them.
                                untold.forEach(this::tellNow);
                            }
                        },
                        loop)
                .handle((ended, error) -> journal.close().thenAccept(done -> {
                    if (error != null) {
                        throw Futures.wrapped(error);
                    }
                }))
                .thenCompose(done -> done);
    }

    /** Ends every submission that {@link #close} could not end in time, as when the loop hangs; on the calling thread. */
    public void abandon() {
        open.forEach(MissedDeadline::abandon);
        untold.forEach(this::tellNow);
    }

    /** What is noted of a task that nothing can change any more, now. */
    Settlement settlement(BigInteger spentWei) {
        return new Settlement(now(), spentWei, null);
    }

    /** The record of a task that has ended for good: without what is not needed any more. */
    TaskRecord settled(TaskRecord record, Settlement settlement) {
        return record.settled(settlement).with(protocol.settled(record.data()));
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Runs a step on the loop, later. */
    ScheduledFuture<?> schedule(Duration delay, Runnable step) {
        return loop.schedule(delay, step);
    }

    /** Downloads the files of a result, which are the caller's to close. */
    CompletableFuture<List<ResultFile>> downloadResult(TaskRecord record) {
        return ResultDownload.of(
                record.order().kind(), record.order().resultFiles(), number -> downloadFile(record, number));
    }

    /** What is thrown at once is a failure of the download like any other. */
    private CompletableFuture<Content> downloadFile(TaskRecord record, int number) {
        try {
            return protocol.download(record, number);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether a submission waits, or has waited, for the outcome of a task that is not final yet. */
    public boolean isAwaited(String taskId) {
        return tasks.isAwaited(taskId);
    }

    /** The run is over: its place is free. */
    void forget(TaskRun run) {
        tasks.forget(run);
        admission.left(run);
    }

    /** Completes what a submitter waits for; on the executor, since what it goes on with must not hold the loop. */
    void tell(Runnable completion) {
        untold.add(completion);
        executor.execute(() -> tellNow(completion));
    }

    private void tellNow(Runnable completion) {
        if (untold.remove(completion)) {
            completion.run();
        }
    }
}
