// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network's clock, its lock, and its agenda: all that happens by itself, ordered by time. The clock follows a base clock
 * and can be advanced; what becomes due on the way happens in order, each at its own time, before {@link #advance} returns.
 * So hours pass in a moment, with the same outcome as if they had been waited for. Thread-safe.
 */
public final class NetworkTime implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkTime.class);

    /** A base clock that a test sets gives no signal when it moves. */
    private static final long LONGEST_SLEEP_MILLIS = 100;

    /** Nothing that is later is waited for, and an instant cannot be much later. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(365_000);

    private record Entry(Instant at, long order, CompletableFuture<?> ready, Runnable action) {}

    private final Clock base;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final PriorityQueue<Entry> agenda =
            new PriorityQueue<>(Comparator.comparing(Entry::at).thenComparingLong(Entry::order));
    private Duration offset = Duration.ZERO;
    private Instant floor = Instant.MIN;
    private long orders;
    private boolean closed;
    private Thread follower;

    /** @param base the clock to follow, usually the system's; a fixed one stands still between two {@link #advance} */
    public NetworkTime(Clock base) {
        this.base = base;
    }

    /** Starts the thread that lets things happen as the base clock moves. */
    public void start() {
        follower = new Thread(this::follow, "crynux-devnet-relay-time");
        follower.setDaemon(true);
        follower.start();
    }

    /** The time now, by the base clock and what was advanced. Never goes back. */
    public Instant now() {
        lock.lock();
        try {
            Instant now = base.instant().plus(offset);
            floor = now.isAfter(floor) ? now : floor;
            return floor;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What is done while nothing else of the network happens.
     *
     * @param <T> what it returns
     * @param <X> how it fails
     */
    @FunctionalInterface
    public interface Step<T, X extends Exception> {
        T run() throws X;
    }

    /** Runs a step while nothing else of the network happens. */
    public <T, X extends Exception> T locked(Step<T, X> step) throws X {
        lock.lock();
        try {
            return step.run();
        } finally {
            lock.unlock();
        }
    }

    /** The clock as a {@link Clock}. */
    public Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException("only UTC");
            }
        };
    }

    /** Puts an action on the agenda; it runs with the lock held. */
    public void after(Duration delay, Runnable action) {
        after(delay, CompletableFuture.completedFuture(null), action);
    }

    /**
     * Puts an action on the agenda that also needs something computed. The network does not stand still while it waits for
     * that, but {@link #advance} does wait.
     *
     * @param ready done when the action can run, normally or not
     */
    public void after(Duration delay, CompletableFuture<?> ready, Runnable action) {
        lock.lock();
        try {
            agenda.add(new Entry(plus(now(), delay), orders++, ready, action));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Instant plus(Instant now, Duration delay) {
        return now.plus(delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : delay);
    }

    /**
     * Advances the clock, and lets everything happen that becomes due.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative: " + time);
        }
        Instant end = now().plus(time);
        Entry next = due(end);
        while (next != null) {
            awaitReady(next);
            perform(next, end);
            next = due(end);
        }
        lock.lock();
        try {
            moveTo(end);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Entry due(Instant end) {
        lock.lock();
        try {
            return agenda.isEmpty() || agenda.peek().at().isAfter(end) ? null : agenda.poll();
        } finally {
            lock.unlock();
        }
    }

    private static void awaitReady(Entry entry) {
        // Whoever needs it asks how it ended.
        entry.ready().handle((value, failure) -> null).join();
    }

    private void perform(Entry entry, Instant limit) {
        lock.lock();
        try {
            moveTo(entry.at().isBefore(limit) ? entry.at() : limit);
            entry.action().run();
        } catch (RuntimeException e) {
            LOG.error("A step of the devnet's Relay failed", e);
        } finally {
            lock.unlock();
        }
    }

    private void moveTo(Instant instant) {
        Instant now = base.instant().plus(offset);
        if (instant.isAfter(now)) {
            offset = offset.plus(Duration.between(now, instant));
        }
    }

    private void follow() {
        lock.lock();
        try {
            while (!closed) {
                Entry next = agenda.peek();
                Duration left = next == null ? Duration.ofDays(1) : Duration.between(now(), next.at());
                if (left.isZero() || left.isNegative()) {
                    agenda.poll();
                    performWhenReady(next);
                } else {
                    changed.await(Math.min(LONGEST_SLEEP_MILLIS, 1 + left.toMillis()), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void performWhenReady(Entry entry) {
        if (entry.ready().isDone()) {
            perform(entry, entry.at());
        } else {
            entry.ready().whenComplete((value, failure) -> after(Duration.ZERO, entry.action()));
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (follower != null && follower != Thread.currentThread()) {
            join(follower);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
