// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Exponential back-off with jitter: the nth delay is between half and all of {@code initial * 2^n}, and at most {@code max}.
 *
 * @param initial maximum of the first delay
 * @param max maximum of all delays
 */
public record Backoff(Duration initial, Duration max) {
    private static final int MAX_DOUBLINGS = 30;

    /** The delay after the given number of consecutive failures (0 for the first). */
    public Duration delay(int failures) {
        long full = Math.min(max.toMillis(), initial.toMillis() << Math.min(failures, MAX_DOUBLINGS));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
