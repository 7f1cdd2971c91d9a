// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.async;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Where tasks change: one step after the other, so that what is used here only needs no locks, and timers whose steps run here
 * too. Closes neither executor nor scheduler.
 */
public final class Loop implements Executor {
    private final SerialExecutor steps;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;

    /**
     * @param executor runs the steps; takes everything, or the loop would stand still
     * @param scheduler keeps the timers
     * @param nanoTime a clock for intervals, such as {@link System#nanoTime}
     */
    public Loop(Executor executor, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.steps = new SerialExecutor(executor);
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    @Override
    public void execute(Runnable step) {
        steps.execute(step);
    }

    /** Takes a step here, called from any thread, and completes with what the stage of that step comes to. */
    public <T> CompletableFuture<T> compose(Supplier<CompletionStage<T>> step) {
        return CompletableFuture.supplyAsync(step, steps).thenCompose(stage -> stage);
    }

    /** Runs a step here, later. */
    public ScheduledFuture<?> schedule(Duration delay, Runnable step) {
        return scheduler.schedule(() -> steps.execute(step), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** For intervals; see {@link System#nanoTime}. Called on any thread. */
    public long nanoTime() {
        return nanoTime.getAsLong();
    }
}
