// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The Relay's public statistics of the network, which need no signature (classic protocol, section 2). */
public final class RelayStatistics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private final URI base;
    private final HttpTransport http;

    public RelayStatistics(URI relayUrl, HttpTransport http) {
        this.base = RelayClient.url(relayUrl, "/v1/network");
        this.http = http;
    }

    /** Computing power of all nodes: {@code tflops}. */
    public CompletableFuture<JsonNode> network() {
        return get("");
    }

    /** Numbers of nodes. */
    public CompletableFuture<JsonNode> nodes() {
        return get("/nodes/number");
    }

    /** Numbers of tasks. */
    public CompletableFuture<JsonNode> tasks() {
        return get("/tasks/number");
    }

    private CompletableFuture<JsonNode> get(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path)).GET().build();
        return http.send(request, MAX_ANSWER_BYTES).thenApply(reply -> data(path, reply));
    }

    private static JsonNode data(String path, HttpReply reply) {
        if (reply.status() != 200) {
            throw failure("/v1/network" + path + " of the Relay answered "
                    + RelayAnswer.of(reply).text());
        }
        try {
            JsonNode data = JSON.readTree(reply.body()).path("data");
            if (data.isContainerNode()) {
                return data;
            }
        } catch (IOException e) {
            throw failure("/v1/network" + path + " of the Relay did not answer with JSON");
        }
        throw failure("/v1/network" + path + " of the Relay answered without data");
    }

    private static CompletionException failure(String message) {
        return new CompletionException(new IOException(message));
    }
}
