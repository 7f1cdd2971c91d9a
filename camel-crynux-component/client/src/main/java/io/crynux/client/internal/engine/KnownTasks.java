// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What can be done with tasks that have an id already, whoever created them. To be used once the engine has started. */
public final class KnownTasks {
    private final TaskEngine engine;

    public KnownTasks(TaskEngine engine) {
        this.engine = engine;
    }

    /**
     * A task as it was found on the chain.
     *
     * @param record with the payment that is in a block, in the state CREATED
     * @param events what happened to it since, from its creation on
     */
    public record Found(TaskRecord record, List<NetworkEvent> events) {}

    /** What is known of a task that this process has under way; empty for others. */
    public CompletableFuture<Optional<TaskRecord>> find(BigInteger taskId) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(engine.tasks.run(taskId)).map(TaskRun::record), engine.loop);
    }

    /** The id of the task that a transaction pays for, where this process has it under way and knows it. */
    public CompletableFuture<Optional<BigInteger>> idOf(String transactionHash) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(engine.tasks.run(transactionHash))
                        .map(run -> run.record().taskId()),
                engine.loop);
    }

    /**
     * Waits for a task that this process has under way, or takes it up. Nothing is paid.
     *
     * @param lookup finds it on the chain; asked only where it is not under way here
     */
    public CompletableFuture<TaskResult> resume(
            BigInteger taskId, Supplier<CompletableFuture<Found>> lookup, WaitFor waitFor, Duration timeout) {
        CompletableFuture<TaskResult> result = new CompletableFuture<>();
        engine.loop.execute(() -> {
            TaskRun run = engine.tasks.run(taskId);
            if (engine.isStopping()) {
                result.completeExceptionally(new CrynuxShutdownException("The client stops; nothing was resumed"));
            } else if (run != null) {
                run.steps().run(() -> run.job().attend(waitFor, timeout, result));
            } else {
                TaskAdoption adoption = engine.tasks.adoptionOf(taskId);
                if (adoption == null) {
                    adoption = new TaskAdoption(engine, taskId);
                    engine.tasks.remember(taskId, adoption);
                    // What throws at once is a failure of the lookup like any other.
                    adoption.begin(CompletableFuture.completedFuture(null).thenCompose(begun -> lookup.get()));
                }
                adoption.await(waitFor, timeout, result);
            }
        });
        return result;
    }

    /**
     * Sends cancelTask; see {@link TaskNetwork#cancel}.
     *
     * @param untilMined whether to wait until it is in a block that is final, or only until it is sent
     */
    public CompletableFuture<CancelOutcome> cancel(
            BigInteger taskId, TaskKind kind, boolean untilMined, Duration timeout) {
        CompletableFuture<CancelOutcome> outcome = new CompletableFuture<>();
        engine.loop.execute(() -> {
            if (engine.isStopping()) {
                outcome.completeExceptionally(new CrynuxShutdownException("The client stops; nothing was signed"));
                return;
            }
            CancelRun known = engine.tasks.cancelOf(taskId);
            if (known != null) {
                known.await(untilMined, timeout, outcome);
                return;
            }
            CancelRun cancel = CancelRun.of(engine, taskId, kind);
            cancel.steps().run(() -> {
                cancel.await(untilMined, timeout, outcome);
                cancel.tellJob();
                cancel.start();
            });
        });
        return outcome;
    }

    /** Downloads the result of a task that succeeded; see {@link TaskNetwork#download}. The files are the caller's to close. */
    public CompletableFuture<List<ResultFile>> download(BigInteger taskId, TaskOrder order) {
        return engine.downloadResult(TaskRecord.prepared(order).found(taskId, null));
    }
}
