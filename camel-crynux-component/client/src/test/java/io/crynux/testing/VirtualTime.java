// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A clock, a scheduler and an executor whose time passes only in {@link #advance}, and whose work runs only on the thread that
 * calls it: hours of deadlines take milliseconds, and the order of steps is the test's to choose. The model is OkHttp's
 * TaskFaker.
 *
 * <p>Steps that are ready at the same time run in the order in which they came, or with {@link #shuffled} in an order that a
 * seed decides. Not thread-safe: everything belongs to the test's thread.
 */
public final class VirtualTime {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Random order;
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Timer<?>> timers =
            new PriorityQueue<>(Comparator.<Timer<?>>comparingLong(timer -> timer.at).thenComparing(timer -> timer.number));
    private long nanos;
    private long timersMade;
    private boolean running;

    private VirtualTime(Random order) {
        this.order = order;
    }

    /** Steps run in the order in which they come. */
    public static VirtualTime inOrder() {
        return new VirtualTime(null);
    }

    /** Steps that could run next run in an order that the seed decides. */
    public static VirtualTime shuffled(long seed) {
        return new VirtualTime(new Random(seed));
    }

    /** Runs everything that is ready, and everything that this makes ready. */
    public void settle() {
        if (running) {
            throw new IllegalStateException("A step must not run others; it would see them half done");
        }
        running = true;
        try {
            while (!ready.isEmpty()) {
                int next = order == null ? 0 : order.nextInt(ready.size());
                ready.remove(next).run();
            }
        } finally {
            running = false;
        }
    }

    /** Lets so much time pass: each timer runs at its time, and everything that it makes ready before the next one. */
    public void advance(Duration time) {
        settle();
        long end = nanos + time.toNanos();
        while (!timers.isEmpty() && timers.peek().at <= end) {
            nanos = Math.max(nanos, timers.peek().at);
            List<Timer<?>> due = new ArrayList<>();
            while (!timers.isEmpty() && timers.peek().at <= nanos) {
                due.add(timers.poll());
            }
            if (order != null) {
                Collections.shuffle(due, order);
            }
            for (Timer<?> timer : due) {
                timer.run();
                settle();
            }
        }
        nanos = end;
    }

    /** How long the next timer is away; null where there is none. */
    public Duration untilNextTimer() {
        return timers.isEmpty() ? null : Duration.ofNanos(Math.max(0, timers.peek().at - nanos));
    }

    /** How many timers wait. */
    public int timers() {
        return timers.size();
    }

    /** Nanoseconds since this time began, as {@link System#nanoTime} counts them. */
    public long nanoTime() {
        return nanos;
    }

    /** The time of day. */
    public Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return BEGIN.plusNanos(nanos);
            }
        };
    }

    /** Takes steps, which {@link #settle} runs. */
    public Executor executor() {
        return ready::add;
    }

    /** Takes timers, which {@link #advance} runs. */
    public ScheduledExecutorService scheduler() {
        return new Scheduler();
    }

    private final class Timer<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
        private final long at;
        private final long number = timersMade++;

        Timer(Callable<T> step, long delay, TimeUnit unit) {
            super(step);
            at = nanos + Math.max(0, unit.toNanos(delay));
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            timers.remove(this);
            return super.cancel(mayInterrupt);
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private final class Scheduler extends AbstractExecutorService implements ScheduledExecutorService {

        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            return schedule(
                    () -> {
                        step.run();
                        return null;
                    },
                    delay,
                    unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> step, long delay, TimeUnit unit) {
            Timer<V> timer = new Timer<>(step, delay, unit);
            timers.add(timer);
            return timer;
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable step, long first, long period, TimeUnit unit) {
            throw new UnsupportedOperationException("The client schedules each step by itself");
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable step, long first, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException("The client schedules each step by itself");
        }

        @Override
        public void execute(Runnable step) {
            ready.add(step);
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
