// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.ObjectMapperFactory;

/** One JSON-RPC request to one endpoint. */
final class RpcHttp {
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();
    /** Fifty headers of full blocks have a tenth of that. As a tree of nodes an answer takes up to thirty times its length. */
    private static final long MAX_ANSWER_BYTES = 16L << 20;

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    /** Of a page that is no JSON. */
    private static final int MOST_WORDS = 1_000;

    private final HttpTransport http;
    private final Clock clock;

    RpcHttp(HttpTransport http, Clock clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Posts a request and reads the answer: an object with a result or an error, or an array. Nodes wrap errors in HTTP 200, 400
     * or 500; what counts is whether it is JSON-RPC.
     *
     * @param method what is asked for; null for a batch
     * @return fails with a {@link RateLimitException}, with a {@link NoRpcAnswerException}, or with another IOException when
     *     there is no answer
     */
    CompletableFuture<JsonNode> post(RpcUrl url, Object payload, String method) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        HttpRequest request = HttpRequest.newBuilder(url.uri())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, MAX_ANSWER_BYTES).thenApply(reply -> read(reply, method));
    }

    private JsonNode read(HttpReply reply, String method) {
        Optional<Duration> retryAfter = reply.retryAfter(clock.instant());
        JsonNode node = json(reply);
        Optional<RpcError> error = node == null ? Optional.empty() : RpcError.in(node);
        error.flatMap(it -> RateLimitException.of(it, method, retryAfter)).ifPresent(limit -> {
            throw new CompletionException(limit);
        });
        if (isRateLimit(reply, node == null, retryAfter.isPresent())) {
            throw new CompletionException(new RateLimitException("HTTP " + reply.status(), retryAfter.orElse(null)));
        }
        if (node == null
                || !(node.isArray() || node.has("result") || node.path("error").isObject())) {
            throw new CompletionException(new NoRpcAnswerException(
                    reply.status(),
                    reply.describe() + (node == null ? " without JSON" : " without a JSON-RPC answer")));
        }
        return node;
    }

    private static boolean isRateLimit(HttpReply reply, boolean isPage, boolean namesTime) {
        return reply.status() == TOO_MANY_REQUESTS
                || (reply.status() == UNAVAILABLE && namesTime)
                || (isPage && reply.status() != OK && RateLimitException.isNamedBy(text(reply)));
    }

    private static JsonNode json(HttpReply reply) {
        try {
            JsonNode node = JSON.readTree(reply.body());
            return node == null || node.isMissingNode() ? null : node;
        } catch (IOException e) {
            return null;
        }
    }

    private static String text(HttpReply reply) {
        byte[] body = reply.body();
        return new String(body, 0, Math.min(body.length, MOST_WORDS), StandardCharsets.UTF_8);
    }
}
