// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How long an endpoint that limits the rate is left alone, by a clock that the test turns. */
class RestingUrlTest {
    private Instant now = Instant.parse("2026-11-30T00:00:00Z");
    private final RpcUrl url = new RpcUrl(URI.create("http://127.0.0.1:1"), new Clock() {
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
    });

    private void limited(Duration asked) {
        url.limited(new RateLimitException("too many requests", asked));
    }

    @Test
    void withoutATimeItIsTwoSecondsAtMostHoweverOftenItLimits() {
        for (int i = 0; i < 100; i++) {
            limited(null);
            assertThat(url.rest()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));
            now = now.plus(url.rest());
            assertThat(url.isRateLimited()).isFalse();
        }
    }

    @Test
    void aTimeThatItNamesIsKept() {
        limited(Duration.ofSeconds(17));

        assertThat(url.rest()).isEqualTo(Duration.ofSeconds(17));
        // The answer to what was asked before does not end it.
        url.answered();
        assertThat(url.rest()).isEqualTo(Duration.ofSeconds(17));
    }

    @Test
    void aTimeThatIsNoneIsTakenForNone() {
        limited(Duration.ZERO);

        assertThat(url.rest()).isPositive();
    }

    @Test
    void noTimeIsWithoutEnd() {
        limited(Duration.ofDays(10_000));

        assertThat(url.rest()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void afterAnAnswerItBeginsAnew() {
        for (int i = 0; i < 10; i++) {
            limited(null);
        }
        now = now.plus(url.rest());
        url.answered();

        limited(null);

        assertThat(url.rest()).isLessThanOrEqualTo(Duration.ofMillis(250));
    }

    @Test
    void whatABatchMayHaveIsForgottenAfterAnHour() {
        assertThat(url.takesBatchesOf(5)).isTrue();
        assertThat(url.mostInBatch()).isEqualTo(5);

        now = now.plus(Duration.ofMinutes(61));

        assertThat(url.mostInBatch()).isEqualTo(Integer.MAX_VALUE);
        assertThat(url.takesBatchesOf(5)).as("told before").isFalse();
    }
}
