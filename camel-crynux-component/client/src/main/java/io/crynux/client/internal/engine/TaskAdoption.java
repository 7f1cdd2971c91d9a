// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.protocol.FoundTask;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Adopts a task that the network has and the journal has not, as one that another program paid for with this account. Nothing is
 * paid. Used on the engine's loop only.
 */
final class TaskAdoption {

    /** Somebody who waits for the task. */
    private record Waiter(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {}

    private final TaskEngine engine;
    private final String taskId;
    private final Steps steps;
    private final List<Waiter> waiters = new ArrayList<>();

    TaskAdoption(TaskEngine engine, String taskId) {
        this.engine = engine;
        this.taskId = taskId;
        this.steps = new Steps(
                engine.loop,
                error -> fail(new CrynuxException(
                        "Task " + taskId + " could not be resumed: " + error + ". Nothing was paid", error)));
    }

    void begin(CompletableFuture<FoundTask> lookup) {
        steps.after(lookup, this::onFound);
    }

    void await(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {
        waiters.add(new Waiter(waitFor, timeout, future));
    }

    private void onFound(FoundTask found, Throwable error) {
        if (engine.tasks.adoptionOf(taskId) != this) {
            if (found != null) {
                found.release().run();
            }
            return;
        }
        if (error != null) {
            Throwable cause = Futures.cause(error);
            fail(
                    cause instanceof CrynuxException known
                            ? known
                            : new CrynuxException("Task " + taskId + " could not be resumed: " + cause, cause));
            return;
        }
        if (attendKnown(found)) {
            return;
        }
        steps.after(engine.write(found.record()), (kept, failure) -> goOn(found, failure));
    }

    /** A task of this process may have been created just now, before its id was known here; two runs of it would be one too many. */
    private boolean attendKnown(FoundTask found) {
        TaskRun named = engine.tasks.run(taskId);
        TaskRun known = named != null ? named : engine.tasks.run(found.isSame()).orElse(null);
        if (known == null) {
            return false;
        }
        engine.tasks.forget(taskId, this);
        found.release().run();
        waiters.forEach(waiter -> known.job().attend(waiter.waitFor(), waiter.timeout(), waiter.future()));
        return true;
    }

    private void goOn(FoundTask found, Throwable notKept) {
        if (engine.tasks.adoptionOf(taskId) != this) {
            found.release().run();
            return;
        }
        if (attendKnown(found)) {
            engine.write(engine.settled(
                    found.record().ended(TaskState.REJECTED, "it was under way here already"),
                    engine.settlement(BigInteger.ZERO)));
            return;
        }
        engine.tasks.forget(taskId, this);
        if (notKept != null) {
            found.release().run();
            fail(new CrynuxException("Task " + taskId + " could not be resumed: " + notKept.getMessage(), notKept));
            return;
        }
        TaskRecord record = found.record();
        TaskJob job = TaskJob.recovered(engine, record);
        engine.tasks.remember(job);
        TaskRun run = job.recover();
        // From here on a failure is the task's, which tells those who wait.
        job.steps().run(() -> {
            waiters.forEach(waiter -> job.awaitOnly(waiter.waitFor(), waiter.timeout(), waiter.future()));
            found.replay().accept(run.attempt());
            job.onChange(run);
        });
    }

    private void fail(CrynuxException error) {
        engine.tasks.forget(taskId, this);
        waiters.forEach(waiter -> engine.tell(() -> waiter.future().completeExceptionally(error)));
    }

    void shutdown() {
        engine.tasks.forget(taskId, this);
        CrynuxShutdownException error = new CrynuxShutdownException(
                "The client stopped before task " + taskId + " was resumed; the task goes on in the network");
        waiters.forEach(waiter -> waiter.future().completeExceptionally(error));
    }
}
