// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Takes up a task that is on the chain and not in the journal, as one that another program paid for with this wallet. What
 * happened to it is read from the chain; what happens meanwhile is kept, so that the task receives everything in order.
 * Nothing is paid. Used on the engine's loop only.
 */
final class TaskAdoption {

    /** Somebody who waits for the task. */
    private record Waiter(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {}

    private final TaskEngine engine;
    private final BigInteger taskId;
    private final Steps steps;
    private final List<NetworkEvent> meanwhile = new ArrayList<>();
    private final List<Waiter> waiters = new ArrayList<>();

    TaskAdoption(TaskEngine engine, BigInteger taskId) {
        this.engine = engine;
        this.taskId = taskId;
        this.steps = new Steps(
                engine,
                error -> fail(new CrynuxException(
                        "Task " + taskId + " could not be resumed: " + error + ". Nothing was paid", error)));
    }

    void begin(CompletableFuture<KnownTasks.Found> lookup) {
        steps.after(lookup, this::onFound);
    }

    void await(WaitFor waitFor, Duration timeout, CompletableFuture<TaskResult> future) {
        waiters.add(new Waiter(waitFor, timeout, future));
    }

    void hear(NetworkEvent event) {
        meanwhile.add(event);
    }

    private void onFound(KnownTasks.Found found, Throwable error) {
        if (engine.tasks.adoptionOf(taskId) != this) {
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
    private boolean attendKnown(KnownTasks.Found found) {
        TaskRun known = engine.tasks.run(taskId) != null
                ? engine.tasks.run(taskId)
                : engine.tasks.run(found.record().transactionHash());
        if (known == null) {
            return false;
        }
        engine.tasks.forget(taskId, this);
        waiters.forEach(waiter -> known.job().attend(waiter.waitFor(), waiter.timeout(), waiter.future()));
        return true;
    }

    private void goOn(KnownTasks.Found found, Throwable notKept) {
        if (engine.tasks.adoptionOf(taskId) != this) {
            return;
        }
        if (attendKnown(found)) {
            engine.journal()
                    .write(found.record()
                            .ended(TaskState.REJECTED, "it was under way here already")
                            .settled(engine.settlement(BigInteger.ZERO, null)));
            return;
        }
        engine.tasks.forget(taskId, this);
        if (notKept != null) {
            fail(new CrynuxException("Task " + taskId + " could not be resumed: " + notKept.getMessage(), notKept));
            return;
        }
        TaskRecord record = found.record();
        TaskJob job = TaskJob.recovered(engine, record);
        engine.tasks.remember(job);
        waiters.forEach(waiter -> job.awaitOnly(waiter.waitFor(), waiter.timeout(), waiter.future()));
        TaskRun run = job.recover();
        engine.network.track(taskId, record.createdIn());
        Stream.concat(found.events().stream(), meanwhile.stream()).forEach(event -> tell(run, event));
        run.onCaughtUp();
        job.onChange(run);
    }

    /** Those of other tasks change nothing. */
    private static void tell(TaskRun run, NetworkEvent event) {
        if (event instanceof NetworkEvent.Created created && run.isPaidBy(created.transactionHash())) {
            run.onCreated(created);
        } else if (event instanceof NetworkEvent.Started started && run.isTask(started.taskId())) {
            run.onStarted(started);
        } else if (event instanceof NetworkEvent.Succeeded succeeded && run.isTask(succeeded.taskId())) {
            run.onSucceeded(succeeded);
        } else if (event instanceof NetworkEvent.Aborted aborted && run.isTask(aborted.taskId())) {
            run.onAborted(aborted);
        } else if (event instanceof NetworkEvent.Removed removed) {
            run.onRemoved(removed.blockHashes());
        }
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
