// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fake;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose time stands still until a test advances it; tasks run on the test's thread. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Entry<?>> queue = new PriorityQueue<>(
            Comparator.<Entry<?>>comparingLong(entry -> entry.at).thenComparingLong(entry -> entry.order));
    private long now;
    private long orders;
    private boolean shutdown;

    private final class Entry<T> extends FutureTask<T> implements ScheduledFuture<T> {
        private final long order = orders++;
        private final long periodNanos;
        private long at;

        Entry(Callable<T> task, long delayNanos, long periodNanos) {
            super(task);
            this.at = now + delayNanos;
            this.periodNanos = periodNanos;
        }

        private void perform() {
            if (periodNanos == 0) {
                run();
            } else if (runAndReset()) {
                at = now + periodNanos;
                queue.add(this);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - now, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** Runs what is due now, and what that schedules for now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Moves the time on, and runs on the way what becomes due. */
    public void advance(Duration duration) {
        long end = now + duration.toNanos();
        while (!queue.isEmpty() && queue.peek().at <= end) {
            Entry<?> next = queue.poll();
            now = Math.max(now, next.at);
            next.perform();
        }
        now = end;
    }

    private <T> ScheduledFuture<T> add(Callable<T> task, long delay, long period, TimeUnit unit) {
        Entry<T> entry = new Entry<>(task, unit.toNanos(delay), unit.toNanos(period));
        queue.add(entry);
        return entry;
    }

    private static Callable<Void> callable(Runnable task) {
        return () -> {
            task.run();
            return null;
        };
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return add(callable(command), delay, 0, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        return add(callable, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(callable(command), initialDelay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return add(callable(command), initialDelay, delay, unit);
    }

    @Override
    public void execute(Runnable command) {
        add(callable(command), 0, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        List<Runnable> dropped = List.copyOf(queue);
        queue.clear();
        return dropped;
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown && queue.isEmpty();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return isTerminated();
    }
}
