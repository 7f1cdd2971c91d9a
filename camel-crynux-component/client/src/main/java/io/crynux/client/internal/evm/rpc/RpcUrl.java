// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.retry.RetryPolicy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One JSON-RPC endpoint and how it has behaved. Thread-safe. */
final class RpcUrl {
    private static final RetryPolicy REST = RetryPolicy.of(Duration.ofSeconds(2), Duration.ofMinutes(2));
    /** Where it limits the rate and names no time; what waits for it is late by that at most. */
    private static final RetryPolicy LIMIT_REST = RetryPolicy.of(Duration.ofMillis(250), Duration.ofSeconds(2));
    /** A shorter time that it names is ignored. */
    private static final Duration SHORTEST_NAMED = Duration.ofMillis(100);
    /** However long an endpoint asks to be left alone, it is tried again after this. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);
    /** So long it is asked with batches of the size that it took; it may have refused larger ones for another reason. */
    private static final Duration BATCH_LIMIT_KEPT = Duration.ofHours(1);

    /** Whether it is on the right chain. */
    enum Chain {
        UNKNOWN,
        RIGHT,
        /** It is never used. */
        WRONG
    }

    private final URI uri;
    private final Clock clock;
    private int failures;
    private Instant restsUntil = Instant.MIN;
    private int limits;
    /** What it said when it limited the rate; null while it does not. */
    private RateLimitException limit;

    private int mostInBatch = Integer.MAX_VALUE;
    private Instant mostInBatchUntil = Instant.MAX;
    private boolean batchLimitReported;
    private Chain chain = Chain.UNKNOWN;

    RpcUrl(URI uri, Clock clock) {
        this.uri = uri;
        this.clock = clock;
    }

    URI uri() {
        return uri;
    }

    /** As messages and logs may show it. */
    String shown() {
        return HttpTransport.shown(uri);
    }

    synchronized void answered() {
        if (isRateLimited()) {
            // That was asked before.
            return;
        }
        failures = 0;
        limits = 0;
        limit = null;
        restsUntil = Instant.MIN;
    }

    /** Another endpoint is better for a while. */
    synchronized void failed() {
        limit = null;
        restsUntil = clock.instant().plus(REST.delay(++failures));
    }

    /** It is left alone for as long as it asks, within bounds; and for a short while where it does not say. */
    synchronized void limited(RateLimitException newLimit) {
        Duration own = LIMIT_REST.delay(++limits);
        Duration asked = newLimit.asked();
        Duration rest = asked == null || asked.compareTo(SHORTEST_NAMED) < 0 ? own : asked;
        limit = newLimit;
        restsUntil = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }

    /** How long it is still left alone; zero when it may be asked. */
    synchronized Duration rest() {
        Instant now = clock.instant();
        return now.isBefore(restsUntil) ? Duration.between(now, restsUntil) : Duration.ZERO;
    }

    /** Whether it rests because it limits how often it is asked, so that asking it now is of no use. */
    synchronized boolean isRateLimited() {
        return limit != null && clock.instant().isBefore(restsUntil);
    }

    /** What it said when it limited the rate of late; null where it did not. */
    synchronized RateLimitException limit() {
        return limit;
    }

    /** How many calls it takes at once, as far as known. */
    synchronized int mostInBatch() {
        if (clock.instant().isAfter(mostInBatchUntil)) {
            mostInBatch = Integer.MAX_VALUE;
            mostInBatchUntil = Instant.MAX;
        }
        return mostInBatch;
    }

    /**
     * It refused a larger batch and took one of so many calls.
     *
     * @return whether nobody was informed of that yet
     */
    synchronized boolean takesBatchesOf(int calls) {
        if (calls >= mostInBatch()) {
            return false;
        }
        mostInBatch = calls;
        mostInBatchUntil = clock.instant().plus(BATCH_LIMIT_KEPT);
        boolean news = !batchLimitReported;
        batchLimitReported = true;
        return news;
    }

    synchronized Chain chain() {
        return chain;
    }

    synchronized void chain(Chain known) {
        chain = known;
    }
}
