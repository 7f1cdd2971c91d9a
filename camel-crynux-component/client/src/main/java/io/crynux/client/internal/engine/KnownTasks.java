// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.protocol.FoundTask;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What can be done with tasks that have an id already, whoever created them. To be used once the engine has started. */
public final class KnownTasks {
    private final TaskEngine engine;

    public KnownTasks(TaskEngine engine) {
        this.engine = engine;
    }

    /** What is known of a task that this process has under way; empty for others. */
    public CompletableFuture<Optional<TaskRecord>> find(String taskId) {
        return CompletableFuture.supplyAsync(
                () -> Optional.ofNullable(engine.tasks.run(taskId)).map(TaskRun::record), engine.loop);
    }

    /** A task that this process has under way and whose record is such a one. */
    public CompletableFuture<Optional<TaskRecord>> find(Predicate<TaskRecord> wanted) {
        return CompletableFuture.supplyAsync(() -> engine.tasks.run(wanted).map(TaskRun::record), engine.loop);
    }

    /**
     * Waits for a task that this process has under way, or adopts it. Nothing is paid.
     *
     * @param lookup finds it on the network; asked, on the engine's loop, only where it is not under way here
     */
    public CompletableFuture<TaskResult> resume(
            String taskId, Supplier<CompletableFuture<FoundTask>> lookup, WaitFor waitFor, Duration timeout) {
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

    /** Downloads the result of a task that succeeded. The files are the caller's to close. */
    public CompletableFuture<List<ResultFile>> download(String taskId, TaskOrder order) {
        return engine.downloadResult(TaskRecord.prepared(order).found(taskId));
    }
}
