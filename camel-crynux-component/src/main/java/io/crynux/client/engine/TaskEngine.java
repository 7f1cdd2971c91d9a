// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    final TaskJournal journal;
    final EngineSettings settings;
    private final ScheduledExecutorService scheduler;
    final SerialExecutor loop;
    final Restraint restraint;
    private final Executor executor;

    // What follows is used on the loop only.
    private final Set<TaskRun> runs = new HashSet<>();
    /** Those of the runs that have ended, or are about to, in a block that is not final. */
    private final Set<TaskRun> ending = new HashSet<>();

    private final Map<String, TaskJob> jobs = new HashMap<>();
    private final Map<String, TaskRun> byPayment = new HashMap<>();
    private final Map<BigInteger, TaskRun> byTaskId = new HashMap<>();
    private boolean stopping;
    private boolean closed;

    public TaskEngine(
            TaskNetwork network,
            TaskJournal journal,
            EngineSettings settings,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.network = network;
        this.journal = journal;
        this.settings = settings;
        this.executor = executor;
        this.scheduler = scheduler;
        this.loop = new SerialExecutor(executor);
        this.restraint = new Restraint(settings.limits());
    }

    /** Connects to the network and binds the journal to it. */
    public CompletableFuture<Void> start() {
        return network.connect(event -> loop.execute(() -> dispatch(event))).thenAccept(identity -> {
            journal.open(identity.chainId(), identity.genesisHash());
            if (!journal.isDurable()) {
                LOG.info("Tasks are journaled in memory only: what is under way when the process ends is not resumed");
            }
        });
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
            TaskJob known = jobs.get(submission.key());
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

    /** The job has ended, and all are told. Its key is remembered for a while where somebody may ask again. */
    void settled(TaskJob job, boolean well) {
        String key = job.submission().key();
        if (well && !job.submission().keptKey()) {
            jobs.remove(key, job);
        } else {
            schedule(settings.retention(), () -> jobs.remove(key, job));
        }
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
                },
                loop);
    }

    private void dispatch(NetworkEvent event) {
        if (closed) {
            return;
        }
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
            onHead(head.block());
        }
    }

    private void onHead(BlockRef head) {
        List.copyOf(ending).forEach(run -> run.onHead(head));
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
    }

    void forgetTask(BigInteger taskId) {
        byTaskId.remove(taskId);
    }

    void forget(TaskRun run) {
        TaskRecord record = run.record();
        runs.remove(run);
        ending.remove(run);
        restraint.left(run);
        record.payments().forEach(payment -> byPayment.remove(payment.transactionHash()));
        if (record.taskId() != null) {
            byTaskId.remove(record.taskId(), run);
        }
    }

    /** Tells a submitter; on the executor, since what it goes on with must not hold the loop. */
    void tell(Runnable completion) {
        executor.execute(completion);
    }
}
