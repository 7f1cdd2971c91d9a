// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import io.crynux.client.settings.Backoff;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides after a failure whether a call is tried again, and when. It knows nothing of the call. Immutable.
 *
 * @param backoff delays between tries, with jitter
 * @param maxFailures number of failures after which there is no further try
 * @param maxTime time since the first try after which there is no further one; null for no limit
 * @param warnAt number of failures that is logged as a warning, so that users see them before a timeout
 * @param maxAsked maximum delay that is honoured when a server asks for one, as with Retry-After; a longer one is cut to it
 */
public record RetryPolicy(Backoff backoff, int maxFailures, Duration maxTime, int warnAt, Duration maxAsked) {

    /** Tries again until the call succeeds, fails for good, or is cancelled. */
    public static RetryPolicy of(Backoff backoff) {
        return new RetryPolicy(backoff, Integer.MAX_VALUE, null, Integer.MAX_VALUE, Duration.ZERO);
    }

    /** @param initial maximum of the first delay */
    public static RetryPolicy of(Duration initial, Duration max) {
        return of(new Backoff(initial, max));
    }

    /** The same, with a number of failures that ends it. */
    public RetryPolicy upTo(int failures) {
        return new RetryPolicy(backoff, failures, maxTime, warnAt, maxAsked);
    }

    /** The same, with a last try after that time. */
    public RetryPolicy within(Duration time) {
        return new RetryPolicy(backoff, maxFailures, time, warnAt, maxAsked);
    }

    /** The same, which waits as long as a server asks for, up to that maximum. */
    public RetryPolicy honouring(Duration maxRetryAfter) {
        return new RetryPolicy(backoff, maxFailures, maxTime, warnAt, maxRetryAfter);
    }

    /** The same, which is visible after so many failures. */
    public RetryPolicy warningAt(int failures) {
        return new RetryPolicy(backoff, maxFailures, maxTime, failures, maxAsked);
    }

    /** The delay after so many failures in a row (1 for the first), for what is repeated anyway. */
    public Duration delay(int failures) {
        return delay(failures, Duration.ZERO);
    }

    /** @param asked delay that the server asks for; zero without */
    public Duration delay(int failures, Duration asked) {
        Duration own = backoff.delay(failures - 1);
        Duration honoured = asked.compareTo(maxAsked) > 0 ? maxAsked : asked;
        return honoured.compareTo(own) > 0 ? honoured : own;
    }

    /**
     * The delay until the next try; empty if there is none.
     *
     * @param failures number of failures that this policy was asked for, with this one
     * @param elapsed time since the first try
     * @param asked delay that the server asks for; zero without
     */
    public Optional<Duration> next(int failures, Duration elapsed, Duration asked) {
        if (failures >= maxFailures || (maxTime != null && elapsed.compareTo(maxTime) >= 0)) {
            return Optional.empty();
        }
        Duration delay = delay(failures, asked);
        if (maxTime == null) {
            return Optional.of(delay);
        }
        Duration left = maxTime.minus(elapsed);
        return Optional.of(delay.compareTo(left) > 0 ? left : delay);
    }
}
