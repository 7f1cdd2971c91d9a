// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Relay's time. It is read once from the Relay and continues with the monotonic clock, so that a change of the host's time of
 * day does not affect signatures and deadlines. It is read again when the wall clock and the monotonic clock part, as after a
 * suspension or a change of the time, and when the Date header of an answer differs. Thread-safe.
 */
public final class RelayClock {
    private static final Logger LOG = LoggerFactory.getLogger(RelayClock.class);

    /** Beyond any jitter, far below the 60 s that the Relay accepts. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** A proxy may answer with its own, wrong time; it must not cause a request for each answer. */
    private static final Duration BETWEEN_DATE_CHECKS = Duration.ofMinutes(1);

    /** The Relay cuts fractions of a second off. */
    private static final Duration HALF_SECOND = Duration.ofMillis(500);

    private final Clock wall;
    private final LongSupplier nanoTime;
    private final Supplier<CompletableFuture<Instant>> relayNow;

    private Instant relayAtMeasurement;
    private Instant wallAtMeasurement;
    private long nanosAtMeasurement;
    private boolean measured;
    private boolean doubtful;
    private CompletableFuture<Void> measuring;

    /**
     * @param wall the host's time of day
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     * @param relayNow asks the Relay for its time, in whole seconds
     */
    public RelayClock(Clock wall, LongSupplier nanoTime, Supplier<CompletableFuture<Instant>> relayNow) {
        this.wall = wall;
        this.nanoTime = nanoTime;
        this.relayNow = relayNow;
        set(wall.instant());
    }

    private void set(Instant relay) {
        relayAtMeasurement = relay;
        wallAtMeasurement = wall.instant();
        nanosAtMeasurement = nanoTime.getAsLong();
    }

    /** The Relay's time as known; the host's until it has been read. */
    public synchronized Instant now() {
        return relayAtMeasurement.plus(elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - nanosAtMeasurement);
    }

    /** The same as a clock, in UTC. */
    public Clock asClock() {
        return new RelayTimeOfDay(ZoneOffset.UTC);
    }

    /**
     * The Relay's time, read from the Relay first if it is unknown or doubtful. Never fails: without an answer of the Relay, it
     * completes with the time as known.
     */
    public CompletableFuture<Instant> ready() {
        boolean reliable;
        synchronized (this) {
            reliable = measured && !doubtful && !clocksParted();
        }
        return reliable ? CompletableFuture.completedFuture(now()) : measure().handle((done, error) -> now());
    }

    private boolean clocksParted() {
        Duration byWall = Duration.between(wallAtMeasurement, wall.instant());
        return byWall.minus(elapsed()).abs().compareTo(TOLERANCE) > 0;
    }

    /** Reads the Relay's time; fails if the Relay does not answer. Concurrent calls share one request. */
    public CompletableFuture<Void> measure() {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        synchronized (this) {
            if (measuring != null) {
                return measuring;
            }
            measuring = mine;
        }
        long start = nanoTime.getAsLong();
        CompletableFuture<Instant> asked;
        try {
            asked = relayNow.get();
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        asked.whenComplete((relay, error) -> {
            synchronized (this) {
                measuring = null;
                if (error == null) {
                    adopt(relay, start);
                }
            }
            if (error == null) {
                mine.complete(null);
            } else {
                mine.completeExceptionally(error);
            }
        });
        return mine;
    }

    private void adopt(Instant relay, long start) {
        Duration sinceItsAnswer = Duration.ofNanos((nanoTime.getAsLong() - start) / 2);
        Instant before = now();
        Instant now = relay.plus(HALF_SECOND).plus(sinceItsAnswer);
        set(now);
        measured = true;
        doubtful = false;
        Duration change = Duration.between(before, now);
        if (change.abs().compareTo(TOLERANCE) > 0) {
            LOG.info(
                    "The Relay's clock is {} s ahead of the local clock; using the Relay's time",
                    Duration.between(wallAtMeasurement, now).toSeconds());
        }
    }

    /** Compares the time of an answer's Date header, at most once a minute; a difference makes the next reader read the time again. */
    public synchronized void onDate(Instant date) {
        boolean due = elapsed().compareTo(BETWEEN_DATE_CHECKS) >= 0 || !measured;
        if (due && Duration.between(now(), date).abs().compareTo(TOLERANCE) > 0) {
            doubtful = true;
        }
    }

    private final class RelayTimeOfDay extends Clock {
        private final ZoneId zone;

        RelayTimeOfDay(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new RelayTimeOfDay(other);
        }

        @Override
        public Instant instant() {
            return now();
        }
    }
}
