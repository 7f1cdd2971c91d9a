// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault that is switched on. It takes effect until {@link #end} is called, or until a limit set by {@link #times} or
 * {@link #during} is reached. Thread-safe.
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

    /** @param name description of the fault, different for each kind of fault */
    public Fault(String name) {
        this.name = name;
    }

    /** Number of the fault, unique in this JVM. */
    public long id() {
        return id;
    }

    /** Description of the fault. */
    public String name() {
        return name;
    }

    /**
     * Limits the number of hits; hits so far count.
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
     * Ends the fault after the given time, counted from now in real time.
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

    /** Ends the fault. */
    public synchronized void end() {
        ended = true;
    }

    /** Number of hits: how often the fault took effect. */
    public synchronized long hits() {
        return hits;
    }

    /** Number of hits left; empty without a limit by {@link #times}. */
    public synchronized OptionalLong left() {
        return limit == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(Math.max(0, limit - hits));
    }

    /** Time left, not negative; empty without a limit by {@link #during}. */
    public synchronized Optional<Duration> timeLeft() {
        return timed ? Optional.of(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()))) : Optional.empty();
    }

    /** Whether the fault can take effect again. */
    public synchronized boolean isOn() {
        return !isOver() && hits < limit;
    }

    /**
     * Whether the fault was ended or its time is up; what it held back continues then. A fault that has used up its hits is
     * off, but not over.
     */
    public synchronized boolean isOver() {
        return ended || (timed && System.nanoTime() - endNanos >= 0);
    }

    /** Counts a hit if the fault is on, and returns whether it is; called by the code that carries the fault out. */
    public synchronized boolean hit() {
        boolean on = isOn();
        if (on) {
            hits++;
        }
        return on;
    }

    @Override
    public synchronized String toString() {
        return name + ", hit " + hits + (limit == Long.MAX_VALUE ? "" : " of " + limit) + " times";
    }
}
