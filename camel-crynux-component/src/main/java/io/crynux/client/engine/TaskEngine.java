// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.observe.ClientLoad;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.ResultDownload;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks from order to end. Everything that changes a task runs on one serial loop, so tasks need no locks, and no
 * thread waits for any of them.
 */
public final class TaskEngine {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);

    final TaskNetwork network;
    final EngineSettings settings;
    /** Open from the connection on. */
    volatile JournalSession journal;

    /** What can be told of the journal: whether it is open, or why it could not be opened. */
    private volatile boolean journalOpen;

    private volatile JournalException journalTrouble;

    private final TaskJournal journals;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    final SerialExecutor loop;
    final Restraint restraint;
    final Budget budget;
    final FinalityWatch finality;
    final ClientObserver observer;
    private final Executor executor;

    // What follows is used on the loop only.
    private final Set<TaskRun> runs = new HashSet<>();
    /** Those of the runs that have ended, or are about to, in a block that is not final. */
    private final Set<TaskRun> ending = new HashSet<>();

    private final Map<String, TaskJob> jobs = new HashMap<>();
    private final Map<String, TaskRun> byPayment = new HashMap<>();
    private final Map<BigInteger, TaskRun> byTaskId = new HashMap<>();
    /** Cancellations that are not over. */
    private final Set<CancelRun> cancels = new HashSet<>();
    /** Tasks that are being taken up from the chain. */
    final Map<BigInteger, TaskAdoption> adoptions = new HashMap<>();
    /** Tasks that somebody waits for, until they are final; read by anybody. */
    private final Set<BigInteger> awaited = ConcurrentHashMap.newKeySet();

    private BlockRef head;
    private boolean stopping;
    private boolean closed;

    public TaskEngine(
            TaskNetwork network,
            TaskJournal journal,
            EngineSettings settings,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler,
            ClientObserver observer) {
        this.observer = observer;
        this.network = network;
        this.journals = journal;
        this.clock = clock;
        this.settings = settings;
        this.executor = executor;
        this.scheduler = scheduler;
        this.loop = new SerialExecutor(executor);
        this.restraint = new Restraint(settings.limits());
        this.budget = new Budget(settings.budget(), clock);
        this.finality = new FinalityWatch(this, settings.finality());
    }

    /**
     * Connects to the network, opens the journal and takes up the tasks in it. Completes when it is known what became of
     * them, so that new payments cannot get in their way. After a failure it may be called again.
     */
    public CompletableFuture<Void> start() {
        return network.connect()
                .thenCompose(identity -> finality.checkTag().thenApply(checked -> identity))
                .thenApplyAsync(this::openJournal, loop)
                .thenCompose(this::recover);
    }

    private Recovery openJournal(TaskNetwork.Identity identity) {
        if (closed) {
            throw new CrynuxShutdownException("The client is closed; nothing was signed");
        }
        try {
            journal = journals.open(
                    new JournalScope(
                            identity.chainId(),
                            identity.genesisHash(),
                            identity.contract(),
                            settings.retention(),
                            settings.budget().isLimited() ? settings.budget().period() : Duration.ZERO,
                            clock),
                    executor);
        } catch (JournalException e) {
            journalTrouble = e;
            throw e;
        }
        journalTrouble = null;
        try {
            budget.load(journal.signedSince(budget.countedSince()));
            Recovery recovery = Recovery.of(this, journal.unsettled());
            recovery.begin();
            return recovery;
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private CompletableFuture<Void> recover(Recovery recovery) {
        return network.follow(recovery.after(), event -> loop.execute(() -> dispatch(event)))
                .handleAsync(
                        (newest, error) -> {
                            if (error != null) {
                                recovery.discard();
                                journal.close();
                                throw error instanceof CompletionException known
                                        ? known
                                        : new CompletionException(error);
                            }
                            onHead(new NetworkEvent.Head(newest, Duration.ZERO));
                            recovery.finish();
                            journalOpen = true;
                            if (!journals.isDurable()) {
                                LOG.info(
                                        "Tasks are journaled in memory only: what is under way when the process ends is"
                                                + " not resumed");
                            }
                            return null;
                        },
                        loop);
    }

    /** Takes up a task that an earlier process left. */
    TaskRun recover(TaskRecord record) {
        TaskJob job = TaskJob.recovered(this, record);
        jobs.put(job.submission().key(), job);
        return job.recover();
    }

    /** Forgets a task that was taken up; the journal still has it. */
    void discard(TaskRun run) {
        run.shutdown();
        forget(run.job());
    }

    /**
     * Runs a task, or joins the one that its key names. The future completes when it has come as far as the submission
     * waits for, or has failed.
     */
    public CompletableFuture<TaskResult> submit(Submission submission) {
        CompletableFuture<TaskResult> result = new CompletableFuture<>();
        loop.execute(() -> {
            if (stopping) {
                result.completeExceptionally(new CrynuxShutdownException("The client stops; nothing was signed"));
                return;
            }
            TaskJob known;
            try {
                known = known(submission);
            } catch (JournalException e) {
                result.completeExceptionally(e);
                return;
            }
            if (known == null) {
                begin(submission, result);
            } else if (known.submission().sameRequest(submission)) {
                known.join(submission, result);
            } else {
                result.completeExceptionally(new InvalidTaskException("idempotencyKey '" + submission.key()
                        + "' was used for another request. Nothing was signed; give each request a key of its own"));
            }
        });
        return result;
    }

    /** The job of an earlier submission with the same key, perhaps to an earlier process. */
    private TaskJob known(Submission submission) {
        TaskJob known = jobs.get(submission.key());
        if (known != null || !submission.keptKey()) {
            return known;
        }
        return journal.find(submission.key()).map(this::remembered).orElse(null);
    }

    /** @throws JournalException when the journal does not know how the task has ended, as after a write that failed */
    private TaskJob remembered(TaskRecord record) {
        TaskJob job = runs.stream()
                .filter(run -> run.record().order().key().equals(record.order().key()))
                .map(TaskRun::job)
                .findFirst()
                .orElseGet(() -> ended(record));
        jobs.put(job.submission().key(), job);
        return job;
    }

    private TaskJob ended(TaskRecord record) {
        if (!record.state().isEnd()) {
            throw new JournalException("The task journal could not be written when " + TaskLog.name(record)
                    + " ended, and has it as " + record.state()
                    + ". Nothing was signed; the task is taken up at the next"
                    + " start, when there is room on the disk");
        }
        return TaskJob.recovered(this, record);
    }

    private void begin(Submission submission, CompletableFuture<TaskResult> result) {
        if (restraint.isFull()) {
            result.completeExceptionally(new RejectedExecutionException("Too much is under way: " + restraint.describe()
                    + ". Nothing was signed; send less at a time, or raise maxInFlight, maxUnstarted or maxWaiting"));
            return;
        }
        TaskJob job = new TaskJob(this, submission);
        jobs.put(submission.key(), job);
        job.await(submission, result);
        job.start();
    }

    /**
     * All who wait for the job are told. A redelivery may ask for one that failed. One with a key of the submitter's own is
     * known until the journal knows what became of it for good.
     */
    void told(TaskJob job, boolean well) {
        if (job.submission().keptKey()) {
            return;
        }
        if (well) {
            forget(job);
        } else {
            schedule(settings.retention(), () -> forget(job));
        }
    }

    void forget(TaskJob job) {
        jobs.remove(job.submission().key(), job);
    }

    /** What is under way; called on any thread. */
    public ClientLoad load() {
        Restraint.Load tasks = restraint.load();
        return new ClientLoad(
                tasks.inFlight(),
                tasks.unstarted(),
                tasks.waiting(),
                network.pendingPayments(),
                network.pendingSince());
    }

    /**
     * Finds out whether the journal can be written. The future's value is false while it is not open, since the client is not
     * connected; it fails with a {@link JournalException} when it could not be opened, or cannot be written.
     */
    public CompletableFuture<Boolean> checkJournal() {
        JournalException trouble = journalTrouble;
        if (trouble != null) {
            return CompletableFuture.failedFuture(trouble);
        }
        return journalOpen
                ? journal.check().toCompletableFuture().thenApply(fine -> true)
                : CompletableFuture.completedFuture(false);
    }

    /** Signs nothing any more; what is paid goes on until {@link #close()}. */
    public void stopSigning() {
        loop.execute(() -> {
            stopping = true;
            restraint.stop();
        });
    }

    boolean isStopping() {
        return stopping;
    }

    /** Ends every submission; what was paid goes on in the network. The stage completes when all are told. */
    public CompletionStage<Void> close() {
        network.disconnect();
        return CompletableFuture.runAsync(
                () -> {
                    closed = true;
                    stopping = true;
                    restraint.stop();
                    List.copyOf(jobs.values()).forEach(TaskJob::shutdown);
                    List.copyOf(runs).forEach(TaskRun::shutdown);
                    List.copyOf(cancels).forEach(CancelRun::shutdown);
                    List.copyOf(adoptions.values()).forEach(TaskAdoption::shutdown);
                    journalOpen = false;
                    if (journal != null) {
                        journal.close();
                    }
                },
                loop);
    }

    private void dispatch(NetworkEvent event) {
        if (closed) {
            return;
        }
        adoptions.values().forEach(adoption -> adoption.hear(event));
        List.copyOf(cancels).forEach(cancel -> cancel.hear(event));
        if (event instanceof NetworkEvent.Created created) {
            withPayment(created.transactionHash(), run -> run.onCreated(created));
        } else if (event instanceof NetworkEvent.Reverted reverted) {
            withPayment(reverted.transactionHash(), run -> run.onReverted(reverted));
        } else if (event instanceof NetworkEvent.Superseded superseded) {
            withPayment(superseded.transactionHash(), run -> run.onSuperseded(superseded));
        } else if (event instanceof NetworkEvent.Started started) {
            withTask(started.taskId(), run -> run.onStarted(started));
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            withTask(succeeded.taskId(), run -> run.onSucceeded(succeeded));
        } else if (event instanceof NetworkEvent.ResultsUploaded uploaded) {
            withTask(uploaded.taskId(), run -> run.onResultsUploaded());
        } else if (event instanceof NetworkEvent.Aborted aborted) {
            withTask(aborted.taskId(), run -> run.onAborted(aborted));
        } else if (event instanceof NetworkEvent.Removed removed) {
            List.copyOf(runs).forEach(run -> run.onRemoved(removed.blockHashes()));
        } else if (event instanceof NetworkEvent.Head head) {
            onHead(head);
        }
    }

    private void onHead(NetworkEvent.Head newest) {
        head = newest.block();
        finality.onHead(newest, !ending.isEmpty() || !cancels.isEmpty(), () -> {
            List.copyOf(ending).forEach(TaskRun::onHead);
            List.copyOf(cancels).forEach(CancelRun::onHead);
        });
    }

    /** What is noted of a first signature now. */
    TaskRecord.Signing signing(BigInteger mostWei) {
        return new TaskRecord.Signing(now(), head.number(), mostWei);
    }

    /**
     * What is noted of a task that nothing can change any more, now.
     *
     * @param spent what left the wallet for good in wei, or null where nobody counts
     * @param refund what provably came back of its fee in wei, or null
     */
    TaskRecord.Settlement settlement(BigInteger spent, BigInteger refund) {
        return new TaskRecord.Settlement(now(), spent, refund);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The task that this process follows under that id, or null. */
    TaskRun run(BigInteger taskId) {
        return byTaskId.get(taskId);
    }

    /** The task that is paid by that transaction, or null. */
    TaskRun run(String transactionHash) {
        return byPayment.get(transactionHash);
    }

    /** Everybody who submits the request of that job from now on joins it. */
    void remember(TaskJob job) {
        jobs.put(job.submission().key(), job);
    }

    void remember(CancelRun cancel) {
        cancels.add(cancel);
    }

    /** The cancellation of that task that is under way, or null. */
    CancelRun cancelOf(BigInteger taskId) {
        return cancels.stream()
                .filter(cancel -> cancel.taskId().equals(taskId))
                .findFirst()
                .orElse(null);
    }

    void forget(CancelRun cancel) {
        cancels.remove(cancel);
    }

    private void withPayment(String transactionHash, Consumer<TaskRun> step) {
        TaskRun run = byPayment.get(transactionHash);
        if (run != null) {
            step.accept(run);
        }
    }

    private void withTask(BigInteger taskId, Consumer<TaskRun> step) {
        TaskRun run = byTaskId.get(taskId);
        if (run != null) {
            step.accept(run);
        }
    }

    /** Runs a step on the loop, later. */
    ScheduledFuture<?> schedule(Duration delay, Runnable step) {
        return scheduler.schedule(() -> loop.execute(step), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    void remember(TaskRun run) {
        runs.add(run);
    }

    /** The run is told of the chain's newest blocks from now on. */
    void awaitFinality(TaskRun run) {
        ending.add(run);
    }

    void rememberPayment(String transactionHash, TaskRun run) {
        byPayment.put(transactionHash, run);
    }

    void rememberTask(BigInteger taskId, TaskRun run) {
        byTaskId.put(taskId, run);
        if (run.job().isAwaited()) {
            awaited.add(taskId);
        }
    }

    void forgetTask(BigInteger taskId) {
        byTaskId.remove(taskId);
        awaited.remove(taskId);
    }

    /** Downloads the files of a result, which are the caller's to close. */
    CompletableFuture<List<ResultFile>> downloadResult(TaskRecord record) {
        return ResultDownload.of(
                record.order().kind(),
                record.order().resultFiles(),
                number -> network.download(record.taskId(), number, record.order()));
    }

    /** Whether a submission waits, or has waited, for the outcome of a task that is not final yet. */
    public boolean isAwaited(BigInteger taskId) {
        return awaited.contains(taskId);
    }

    /** Somebody waits for it from now on. */
    void onAwaited(TaskRecord record) {
        if (record.taskId() != null && byTaskId.containsKey(record.taskId())) {
            awaited.add(record.taskId());
        }
    }

    void forget(TaskRun run) {
        TaskRecord record = run.record();
        runs.remove(run);
        ending.remove(run);
        restraint.left(run);
        record.payments().forEach(payment -> byPayment.remove(payment.transactionHash()));
        if (record.taskId() != null && byTaskId.remove(record.taskId(), run)) {
            awaited.remove(record.taskId());
        }
    }

    /** Tells a submitter; on the executor, since what it goes on with must not hold the loop. */
    void tell(Runnable completion) {
        executor.execute(completion);
    }
}
