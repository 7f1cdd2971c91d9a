// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.limit;

import io.crynux.client.internal.async.Futures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Limits calls of a Relay: at most so many at the same time, and at most so many per second. What waits goes by priority, and
 * within one in order; without a thread. Validations have connections of their own, so they wait for the rate only. Thread-safe.
 */
public final class CallQueue {

    /** A waiting call with the future of its answer. */
    private record Waiting<T>(Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer) {}

    private final int maxRunning;
    private final long nanosPerCall;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService scheduler;
    private final Map<Priority, Queue<Waiting<?>>> waiting = new EnumMap<>(Priority.class);
    private int running;
    /** The time from which the next call may start, by {@link #nanoTime}. */
    private long nextStart;

    private boolean starting;
    private boolean timerSet;

    /**
     * @param maxRunning maximum number of calls at the same time, without validations
     * @param requestsPerSecond maximum rate of all calls; 0 for no limit
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public CallQueue(
            int maxRunning, double requestsPerSecond, LongSupplier nanoTime, ScheduledExecutorService scheduler) {
        if (maxRunning < 1 || requestsPerSecond < 0) {
            throw new IllegalArgumentException("maxRunning must be at least 1, requestsPerSecond 0 or more");
        }
        this.maxRunning = maxRunning;
        this.nanosPerCall = requestsPerSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
        this.nanoTime = nanoTime;
        this.scheduler = scheduler;
        this.nextStart = nanoTime.getAsLong();
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new ArrayDeque<>());
        }
    }

    /** Runs a call when it is its turn. Cancelling the future cancels the call, whether it waits or is running. */
    public <T> CompletableFuture<T> run(Priority priority, Supplier<CompletableFuture<T>> call) {
        Waiting<T> next = new Waiting<>(call, new CompletableFuture<>());
        synchronized (this) {
            waiting.get(priority).add(next);
        }
        startWaiting();
        return next.answer();
    }

    /** One thread starts calls at a time, also those of others, so that quick failures do not grow the stack. */
    private void startWaiting() {
        synchronized (this) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (Runnable start = next(); start != null; start = next()) {
            start.run();
        }
    }

    private synchronized Runnable next() {
        for (Map.Entry<Priority, Queue<Waiting<?>>> queue : waiting.entrySet()) {
            boolean counted = queue.getKey() != Priority.VALIDATE;
            dropCancelled(queue.getValue());
            if (queue.getValue().isEmpty() || (counted && running >= maxRunning)) {
                continue;
            }
            if (!rateAllows()) {
                break;
            }
            Waiting<?> next = queue.getValue().remove();
            running += counted ? 1 : 0;
            return () -> start(next, counted);
        }
        starting = false;
        return null;
    }

    private boolean rateAllows() {
        if (nanosPerCall == 0) {
            return true;
        }
        long now = nanoTime.getAsLong();
        if (nextStart - now > 0) {
            setTimer(nextStart - now);
            return false;
        }
        // A timer that was late by less than a call does not lower the rate.
        nextStart = now - nextStart > nanosPerCall ? now + nanosPerCall : nextStart + nanosPerCall;
        return true;
    }

    private static void dropCancelled(Queue<Waiting<?>> queue) {
        while (!queue.isEmpty() && queue.element().answer().isDone()) {
            queue.remove();
        }
    }

    private void setTimer(long nanos) {
        if (!timerSet) {
            timerSet = true;
            scheduler.schedule(
                    this::onTimer, Math.max(nanos, Duration.ofMillis(1).toNanos()), TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer() {
        synchronized (this) {
            timerSet = false;
        }
        startWaiting();
    }

    private <T> void start(Waiting<T> started, boolean counted) {
        // Whatever it throws: a place that is never returned would be lost for good.
        CompletableFuture<T> sent = Futures.start(started.call());
        started.answer().whenComplete((value, error) -> {
            if (error != null) {
                sent.cancel(false);
            }
        });
        sent.whenComplete((value, error) -> {
            release(counted);
            Futures.complete(started.answer(), value, error);
            startWaiting();
        });
    }

    private synchronized void release(boolean counted) {
        running -= counted ? 1 : 0;
    }
}
