// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The Relay's time is read once, kept by the monotonic clock, and read again in doubt. */
class RelayClockTest {
    private static final Instant START = Instant.parse("2026-11-30T12:00:00Z");
    private final SetClock wall = new SetClock();
    private long nanos;
    private Duration ahead = Duration.ofMinutes(5);
    private int reads;
    private boolean broken;
    private final RelayClock clock = new RelayClock(wall, () -> nanos, this::read);

    private static final class SetClock extends Clock {
        private Instant now = START;

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
            return now;
        }
    }

    private Instant relay = START;

    private CompletableFuture<Instant> read() {
        reads++;
        return broken
                ? CompletableFuture.failedFuture(new IOException("away"))
                : CompletableFuture.completedFuture(
                        Instant.ofEpochSecond(relay.plus(ahead).getEpochSecond()));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall.now = wall.now.plus(time);
        relay = relay.plus(time);
    }

    private Instant ready() {
        return clock.ready().join();
    }

    @Test
    void itIsReadOnceAndGoesOn() {
        assertThat(ready()).isBetween(START.plus(ahead), START.plus(ahead).plusSeconds(1));
        pass(Duration.ofHours(1));

        assertThat(ready()).isBetween(relay.plus(ahead), relay.plus(ahead).plusSeconds(1));
        assertThat(reads).isEqualTo(1);
        assertThat(clock.asClock().instant()).isEqualTo(clock.now());
    }

    @Test
    void aChangeOfTheHostsTimeIsNoticed() {
        for (int minutes : new int[] {5, -5}) {
            ready();
            int before = reads;
            wall.now = wall.now.plus(Duration.ofMinutes(minutes));

            assertThat(clock.now())
                    .as("not affected")
                    .isBetween(relay.plus(ahead), relay.plus(ahead).plusSeconds(1));
            assertThat(ready()).isBetween(relay.plus(ahead), relay.plus(ahead).plusSeconds(1));
            assertThat(reads).isEqualTo(before + 1);
        }
    }

    @Test
    void aSuspensionThatTheMonotonicClockDoesNotCountIsNoticed() {
        ready();
        wall.now = wall.now.plus(Duration.ofMinutes(11));
        relay = relay.plus(Duration.ofMinutes(11));

        assertThat(ready()).isBetween(relay.plus(ahead), relay.plus(ahead).plusSeconds(1));
    }

    @Test
    void aDateHeaderThatDiffersMakesItReadAgain() {
        ready();
        pass(Duration.ofMinutes(2));
        clock.onDate(clock.now().plusSeconds(2));
        ready();
        assertThat(reads).as("within the tolerance").isEqualTo(1);

        ahead = Duration.ofMinutes(9);
        clock.onDate(relay.plus(ahead));
        assertThat(ready()).isBetween(relay.plus(ahead), relay.plus(ahead).plusSeconds(1));
    }

    @Test
    void aProxyWithAWrongDateCausesNoFloodOfReadings() {
        ready();
        for (int second = 0; second < 120; second++) {
            pass(Duration.ofSeconds(1));
            clock.onDate(clock.now().plus(Duration.ofHours(1)));
            ready();
        }

        assertThat(reads).isLessThanOrEqualTo(3);
    }

    @Test
    void withoutAnAnswerTheTimeAsKnownIsUsed() {
        broken = true;
        assertThat(ready()).isEqualTo(START);
        broken = false;
        assertThat(ready()).isAfterOrEqualTo(START.plus(ahead));
        assertThat(clock.measure()).isCompleted();
    }
}
