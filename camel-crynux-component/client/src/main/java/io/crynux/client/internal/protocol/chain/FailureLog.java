// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.settings.Backoff;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Failures in a row of something that is tried again: how long to wait, and one warning for all of them; no more than one a
 * minute where it fails and works by turns. Thread-safe.
 */
final class FailureLog {
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
    FailureLog(Logger log, String trouble, String over) {
        this.log = log;
        this.trouble = trouble;
        this.over = over;
    }

    /**
     * It failed once more.
     *
     * @param toldAt the number of the failure in a row that is told
     * @return how long to wait
     */
    synchronized Duration failed(Throwable error, Backoff backoff, int toldAt) {
        Throwable cause = Futures.cause(error);
        if (failures == 0) {
            since = System.nanoTime();
        }
        Duration delay = backoff.delay(failures++);
        if (!told && failures >= toldAt && mayTell()) {
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
    synchronized Duration lasts() {
        return failures == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    synchronized void over() {
        if (told) {
            log.info("{}", over);
        }
        told = false;
        failures = 0;
    }
}
