// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.http.HttpReply;
import io.crynux.client.http.HttpTransport;
import io.reactivex.Flowable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.websocket.events.Notification;

/**
 * JSON-RPC over HTTP that holds no thread while it waits; web3j's own HttpService blocks one of an unbounded pool.
 *
 * <p>With several URLs it stays with the one that answers. When that one cannot be reached or answers with something
 * that is no JSON-RPC, the same request goes to the next, each once; asking twice is harmless, also for a signed
 * transaction.
 */
final class JsonRpcService implements Web3jService {
    private static final long MAX_ANSWER_BYTES = 64L << 20;
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();

    private final List<URI> urls;
    private final HttpTransport http;
    private final AtomicInteger current = new AtomicInteger();

    JsonRpcService(List<URI> urls, HttpTransport http) {
        this.urls = List.copyOf(urls);
        this.http = http;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> responseType) {
        return post(request).thenApply(node -> read(node, responseType));
    }

    @Override
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
        List<Request<?, ? extends Response<?>>> requests = batch.getRequests();
        return post(requests).thenApply(node -> new BatchResponse(requests, readBatch(requests, node)));
    }

    private CompletableFuture<JsonNode> post(Object payload) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        return post(body, current.get(), 0);
    }

    private CompletableFuture<JsonNode> post(byte[] body, int index, int failures) {
        URI url = urls.get(Math.floorMod(index, urls.size()));
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, MAX_ANSWER_BYTES)
                .thenApply(reply -> parse(url, reply))
                .handle((node, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(node);
                    }
                    current.compareAndSet(index, index + 1);
                    if (failures + 1 < urls.size()) {
                        return post(body, index + 1, failures + 1);
                    }
                    return CompletableFuture.<JsonNode>failedFuture(unreachable(url, error));
                })
                .thenCompose(result -> result);
    }

    private static JsonNode parse(URI url, HttpReply reply) {
        JsonNode node;
        try {
            node = JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new CompletionException(new IOException("HTTP " + reply.status() + " without JSON"));
        }
        // Nodes wrap JSON-RPC errors in HTTP 200, 400 or 500; what counts is whether it is JSON-RPC.
        if (node == null || !(node.isArray() || node.has("result") || node.has("error"))) {
            throw new CompletionException(new IOException(
                    "HTTP " + reply.status() + " without a JSON-RPC answer from " + HttpTransport.shown(url)));
        }
        return node;
    }

    private static IOException unreachable(URI url, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException("The node at " + HttpTransport.shown(url) + " does not answer: " + what, cause);
    }

    @SuppressWarnings("rawtypes")
    private static <T extends Response> T read(JsonNode node, Class<T> type) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new CompletionException(new IOException("The node's answer is not a " + type.getSimpleName(), e));
        }
    }

    /** Answers of a batch come in any order, and a whole batch can be refused by one error object. */
    private static List<Response<?>> readBatch(List<Request<?, ? extends Response<?>>> requests, JsonNode answers) {
        if (!answers.isArray()) {
            throw new CompletionException(new IOException("The node refused a batch: "
                    + answers.path("error").path("message").asText("no reason")));
        }
        Map<Long, JsonNode> byId = new HashMap<>();
        answers.forEach(answer -> byId.put(answer.path("id").asLong(), answer));
        List<Response<?>> responses = new ArrayList<>();
        for (Request<?, ? extends Response<?>> request : requests) {
            JsonNode answer = byId.get(request.getId());
            if (answer == null) {
                throw new CompletionException(
                        new IOException("The node left out an answer of a batch: " + request.getMethod()));
            }
            responses.add(read(answer, request.getResponseType()));
        }
        return responses;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <T extends Response> T send(Request request, Class<T> responseType) throws IOException {
        return await(sendAsync(request, responseType));
    }

    @Override
    public BatchResponse sendBatch(BatchRequest batch) throws IOException {
        return await(sendBatchAsync(batch));
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for the node", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <T extends Notification<?>> Flowable<T> subscribe(
            Request request, String unsubscribeMethod, Class<T> responseType) {
        throw new UnsupportedOperationException("JSON-RPC over HTTP has no subscriptions");
    }

    /** Connections belong to the transport. */
    @Override
    public void close() {
        // Nothing is opened here.
    }
}
