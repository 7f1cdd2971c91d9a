// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.http.Backoff;
import io.crynux.client.http.HttpTransport;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** One JSON-RPC endpoint and how it has behaved. Thread-safe. */
final class RpcUrl {
    private static final Backoff REST = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(2));
    /** However long an endpoint asks to be left alone, it is tried again after this. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(5);

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
    private boolean rateLimited;
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
        failures = 0;
        rateLimited = false;
        restsUntil = Instant.MIN;
    }

    /** Another endpoint is better for a while. */
    synchronized void failed() {
        rateLimited = false;
        restsUntil = clock.instant().plus(REST.delay(failures++));
    }

    /** @param asked how long it asks to be left alone, or null where it does not say */
    synchronized void limited(Duration asked) {
        Duration rest = asked == null ? REST.delay(failures) : asked;
        failures++;
        rateLimited = true;
        restsUntil = clock.instant().plus(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
    }

    /** How long it is still left alone; zero when it may be asked. */
    synchronized Duration rest() {
        Instant now = clock.instant();
        return now.isBefore(restsUntil) ? Duration.between(now, restsUntil) : Duration.ZERO;
    }

    /** Whether it rests because it limits how often it is asked, so that asking it now is of no use. */
    synchronized boolean isRateLimited() {
        return rateLimited && clock.instant().isBefore(restsUntil);
    }

    synchronized Chain chain() {
        return chain;
    }

    synchronized void chain(Chain known) {
        chain = known;
    }
}
