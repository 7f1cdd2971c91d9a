// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy decides by the number of failures, the time and what a server asks for. */
class RetryPolicyTest {
    private static final RetryPolicy POLICY = RetryPolicy.of(Duration.ofSeconds(1), Duration.ofSeconds(30));
    private static final Duration NOT_ASKED = Duration.ZERO;

    @ParameterizedTest
    @CsvSource({"1, 500, 1000", "2, 1000, 2000", "3, 2000, 4000", "6, 15000, 30000", "40, 15000, 30000"})
    void delaysGrowAndAreJitteredUpToTheMaximum(int failures, long least, long most) {
        for (int i = 0; i < 200; i++) {
            assertThat(POLICY.next(failures, Duration.ofHours(1), NOT_ASKED).orElseThrow())
                    .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
        }
        assertThat(IntStream.range(0, 200).mapToObj(i -> POLICY.delay(failures)).distinct())
                .as("clients that failed together do not come again together")
                .hasSizeGreaterThan(10);
    }

    @Test
    void aServerIsGivenTheTimeThatItAsksFor() {
        RetryPolicy honouring = POLICY.honouring(Duration.ofMinutes(5));
        assertThat(honouring.next(1, Duration.ZERO, Duration.ofMinutes(1))).contains(Duration.ofMinutes(1));
        assertThat(honouring.next(1, Duration.ZERO, Duration.ofDays(1)))
                .as("but no more than the maximum")
                .contains(Duration.ofMinutes(5));
        assertThat(honouring.next(9, Duration.ZERO, Duration.ofMillis(1)).orElseThrow())
                .as("and no less than the own delay")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(15));
        assertThat(POLICY.next(1, Duration.ZERO, Duration.ofMinutes(1)).orElseThrow())
                .as("unless it is not honoured")
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aNumberOfFailuresEndsIt() {
        RetryPolicy three = POLICY.upTo(3);
        assertThat(three.next(2, Duration.ZERO, NOT_ASKED)).isPresent();
        assertThat(three.next(3, Duration.ZERO, NOT_ASKED)).isEmpty();
    }

    @Test
    void theLastTryIsAtTheDeadline() {
        RetryPolicy minute = POLICY.within(Duration.ofMinutes(1)).honouring(Duration.ofHours(1));
        assertThat(minute.next(1, Duration.ofSeconds(50), Duration.ofMinutes(10)))
                .contains(Duration.ofSeconds(10));
        assertThat(minute.next(1, Duration.ofMinutes(1), NOT_ASKED)).isEmpty();
        assertThat(minute.next(9, Duration.ofSeconds(1), NOT_ASKED).orElseThrow())
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
}
