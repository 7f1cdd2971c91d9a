// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The Relay's public time, which also shows whether the Relay answers. */
public final class RelayTime {
    private static final long MAX_ANSWER_BYTES = 1 << 20;
    /** The end of the year 9999; later values are not valid. */
    private static final long LATEST_SECOND = 253_402_300_799L;

    private final URI now;
    private final HttpTransport http;
    private final Clock clock;

    public RelayTime(URI relayUrl, HttpTransport http, Clock clock) {
        this.now = RelayClient.url(relayUrl, "/v1/now");
        this.http = http;
        this.clock = clock;
    }

    /** How far the Relay's clock is ahead of the local one; fails with an IOException if the Relay does not answer. */
    public CompletableFuture<Duration> offset() {
        return http.send(HttpRequest.newBuilder(now).GET().build(), MAX_ANSWER_BYTES)
                .thenApply(reply -> Duration.between(clock.instant(), time(reply)));
    }

    private static Instant time(HttpReply reply) {
        JsonNode now = now(reply);
        if (reply.status() == 200
                && now.isIntegralNumber()
                && now.canConvertToLong()
                && now.longValue() >= 0
                && now.longValue() <= LATEST_SECOND) {
            return Instant.ofEpochSecond(now.longValue());
        }
        throw new CompletionException(
                new IOException("/v1/now of the Relay answered " + reply.describe() + " without a time"));
    }

    private static JsonNode now(HttpReply reply) {
        return RelayAnswer.json(reply).path("data").path("now");
    }
}
