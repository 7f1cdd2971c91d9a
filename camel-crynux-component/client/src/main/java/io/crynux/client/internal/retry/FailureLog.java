// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import io.crynux.client.internal.async.Futures;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Failures in a row of something that is tried again: how long to wait, and one warning for all of them; no more than one a
 * minute where it fails and works by turns. Thread-safe.
 */
public final class FailureLog {
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Logger log;
    private final String trouble;
    private final String over;
    private int failures;
    private boolean told;
    /** When the last warning was logged, by the JVM's clock; null before the first. */
    private Long lastTold;
    /** By the JVM's clock; of meaning while there are failures. */
    private long since;

    /**
     * @param trouble what is logged once
     * @param over what is logged when it works again
     */
    public FailureLog(Logger log, String trouble, String over) {
        this.log = log;
        this.trouble = trouble;
        this.over = over;
    }

    /**
     * It failed once more.
     *
     * @param policy has the delay, and the number of failures in a row that is logged as a warning
     * @return how long to wait
     */
    public synchronized Duration failed(Throwable error, RetryPolicy policy) {
        Throwable cause = Futures.cause(error);
        if (failures == 0) {
            since = System.nanoTime();
        }
        Duration delay = policy.delay(++failures);
        if (!told && failures >= policy.warnAt() && mayTell()) {
            told = true;
            lastTold = System.nanoTime();
            log.warn("{}, trying again: {}", trouble, cause.toString());
        }
        log.debug("{}: failed {} times in a row, next try in {}", trouble, failures, delay, cause);
        return delay;
    }

    private boolean mayTell() {
        return lastTold == null || System.nanoTime() - lastTold >= BETWEEN_WARNINGS.toNanos();
    }

    /** For how long nothing but failures has come. */
    public synchronized Duration lasts() {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    public synchronized void over() {
        if (told) {
            log.info("{}", over);
        }
        told = false;
        failures = 0;
    }
}
