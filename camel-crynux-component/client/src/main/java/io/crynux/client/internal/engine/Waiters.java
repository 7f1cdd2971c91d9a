// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Everybody who waits for one request, each with a deadline, in the order of their coming. Used on the engine's loop only. */
final class Waiters {

    /**
     * Somebody who waits.
     *
     * @param timeout how long for each attempt
     * @param attends whether what it waits for is not its own, and goes on without it
     * @param deadline ends its waiting when nothing here does, or null
     */
    record Waiter(
            CompletableFuture<TaskResult> future,
            WaitFor waitFor,
            Duration timeout,
            boolean attends,
            MissedDeadline deadline) {

        boolean wantsResult() {
            return waitFor == WaitFor.RESULT;
        }

        boolean wantsOutcome() {
            return waitFor == WaitFor.SUCCESS || waitFor == WaitFor.RESULT;
        }

        /** Whether it waits for that state, or for an earlier one, and for nothing else. */
        boolean isReachedBy(TaskState state) {
            return !wantsResult() && waitFor.isReachedBy(state);
        }
    }

    private final TaskEngine engine;
    private final Steps steps;
    private final Consumer<Waiter> onDeadline;
    /** With the timer of each one's deadline. */
    private final Map<Waiter, ScheduledFuture<?>> timers = new LinkedHashMap<>();

    private boolean anyFailed;

    Waiters(TaskEngine engine, Steps steps, Consumer<Waiter> onDeadline) {
        this.engine = engine;
        this.steps = steps;
        this.onDeadline = onDeadline;
    }

    void add(Waiter waiter) {
        // First of all, so that it is told when anything here fails.
        timers.put(waiter, null);
        schedule(waiter, waiter.timeout());
    }

    /** Its time begins anew. */
    void extend(Waiter waiter, Duration time) {
        if (waiter.deadline() != null) {
            waiter.deadline().extend(time);
        }
        schedule(waiter, time);
    }

    private void schedule(Waiter waiter, Duration time) {
        cancel(timers.put(waiter, steps.schedule(time, () -> {
            if (timers.containsKey(waiter)) {
                onDeadline.accept(waiter);
            }
        })));
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    List<Waiter> all() {
        return List.copyOf(timers.keySet());
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }

    boolean isOnly(Waiter waiter) {
        return timers.size() == 1 && timers.containsKey(waiter);
    }

    boolean any(Predicate<Waiter> wanted) {
        return timers.keySet().stream().anyMatch(wanted);
    }

    Optional<Waiter> first(Predicate<Waiter> wanted) {
        return timers.keySet().stream().filter(wanted).findFirst();
    }

    /** Whether a failure was reported to a submitter, who may ask again. */
    boolean anyFailed() {
        return anyFailed;
    }

    /** It gets what it has waited for. */
    void complete(Waiter waiter, TaskResult result) {
        release(waiter);
        engine.tell(() -> {
            if (!waiter.future().complete(result)) {
                result.files().forEach(ResultFile::close);
            }
        });
    }

    void fail(Waiter waiter, RuntimeException error) {
        release(waiter);
        anyFailed |= !waiter.attends();
        engine.tell(() -> waiter.future().completeExceptionally(error));
    }

    /** Fails on the calling thread, as when the client is closed. */
    void failNow(Waiter waiter, CrynuxException error) {
        release(waiter);
        waiter.future().completeExceptionally(error);
    }

    /** It waits elsewhere. */
    void leave(Waiter waiter) {
        release(waiter);
    }

    private void release(Waiter waiter) {
        cancel(timers.remove(waiter));
    }
}
