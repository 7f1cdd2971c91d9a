// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with jitter: the nth delay is between half and all of {@code first * 2^n}, and at most {@code most}.
 *
 * @param first maximum of the first delay
 * @param most maximum of all delays
 */
public record Backoff(Duration first, Duration most) {
    private static final int MAX_DOUBLINGS = 30;

    /** The delay after the given number of consecutive failures (0 for the first). */
    public Duration delay(int failures) {
        long full = Math.min(most.toMillis(), first.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
