// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that was switched on: it strikes until it is ended, unless it is limited by {@link #times} or {@link #during}.
 * May be used by several threads.
 */
public final class Fault {
    private static final AtomicLong IDS = new AtomicLong();

    private final long id = IDS.incrementAndGet();
    private final String name;
    private long hits;
    private long limit = Long.MAX_VALUE;
    private boolean ended;
    private boolean timed;
    private long endNanos;

    /** @param name what it does, for people; unlike that of any other kind of fault */
    public Fault(String name) {
        this.name = name;
    }

    /** A number that no other fault of this JVM has. */
    public long id() {
        return id;
    }

    /** What it does, for people. */
    public String name() {
        return name;
    }

    /**
     * Lets it strike so often only, those times included that it has struck already.
     *
     * @throws IllegalArgumentException when the count is negative
     */
    public synchronized Fault times(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count must not be negative: " + count);
        }
        limit = count;
        return this;
    }

    /**
     * Ends it after a while, counted from now by the time that passes in the real world.
     *
     * @throws IllegalArgumentException when the time is negative
     */
    public synchronized Fault during(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time must not be negative: " + time);
        }
        endNanos = System.nanoTime() + time.toNanos();
        timed = true;
        return this;
    }

    /** Switches it off. */
    public synchronized void end() {
        ended = true;
    }

    /** How often it has struck. */
    public synchronized long hits() {
        return hits;
    }

    /** How often it can still strike; empty when it is not limited by {@link #times}. */
    public synchronized OptionalLong left() {
        return limit == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.max(0, limit - hits));
    }

    /** How long it lasts from now on, not negative; empty when it is not limited by {@link #during}. */
    public synchronized Optional<Duration> timeLeft() {
        return timed ? Optional.of(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()))) : Optional.empty();
    }

    /** Whether it can strike again. */
    public synchronized boolean isOn() {
        return !isOver() && hits < limit;
    }

    /**
     * Whether it was ended or its time is up: what it holds back goes on then. One that has struck as often as it may is
     * off, but not over.
     */
    public synchronized boolean isOver() {
        return ended || (timed && System.nanoTime() - endNanos >= 0);
    }

    /** Strikes if it is on, and tells whether it did; for those who carry it out. */
    public synchronized boolean strike() {
        boolean on = isOn();
        if (on) {
            hits++;
        }
        return on;
    }

    @Override
    public synchronized String toString() {
        return name + ", struck " + hits + (limit == Long.MAX_VALUE ? "" : " of " + limit) + " times";
    }
}
