// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.http.HttpReply;
import io.crynux.client.http.HttpTransport;
import io.reactivex.Flowable;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.websocket.events.Notification;
import org.web3j.utils.Numeric;

/**
 * JSON-RPC over HTTP that holds no thread while it waits; web3j's own HttpService blocks one of an unbounded pool.
 *
 * <p>With several URLs it stays with the one that answers. When that one cannot be reached, limits the rate or answers
 * with something that is no JSON-RPC, the same request goes to the next and the URL rests for a while; asking twice is
 * harmless, also for a signed transaction.
 */
final class JsonRpcService implements Web3jService {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcService.class);
    /** Fifty headers of full blocks have a tenth of that. As a tree of nodes an answer takes up to thirty times its length. */
    private static final long MAX_ANSWER_BYTES = 16L << 20;

    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();

    private static final String SEND = "eth_sendRawTransaction";
    private static final long SINGLE_REQUEST = 1;

    private final RpcUrls urls;
    private final HttpTransport http;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;

    JsonRpcService(List<URI> urls, HttpTransport http, Clock clock, ScheduledExecutorService scheduler) {
        this.urls = new RpcUrls(urls, clock, this::chainIdOf);
        this.http = http;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> responseType) {
        return post(request, answer -> isAnswer(request, answer), SEND.equals(request.getMethod()))
                .thenApply(node -> read(node, responseType));
    }

    @Override
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
        List<Request<?, ? extends Response<?>>> requests = batch.getRequests();
        return post(requests, answer -> isAnswer(requests, answer), false)
                .thenApply(node -> new BatchResponse(requests, readBatch(requests, node)));
    }

    /** See {@link RpcUrls#agree}. */
    CompletableFuture<Long> agreeOnChain(Long configured) {
        return urls.agree(configured);
    }

    /** The endpoint that answers is behind; the next request goes to another one, if there is one. */
    void distrust() {
        urls.preferNext();
    }

    /**
     * Asks another endpoint than the one that is used for the number of its newest block, another one each time. Where it is
     * higher, the next requests go there.
     *
     * @return the number where it is higher; empty where it is not, there is no other endpoint, or it does not answer
     */
    CompletableFuture<Optional<BigInteger>> goWhereMoreIsKnown(BigInteger than) {
        Optional<RpcUrl> other = urls.another();
        if (other.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        RpcUrl url = other.get();
        return urls.onRightChain(url)
                .thenCompose(right -> ask(url, "eth_blockNumber"))
                .handle((number, error) -> {
                    if (error != null) {
                        LOG.debug("Whether {} knows more of the chain is not known", url.shown(), error);
                        url.failed();
                        return Optional.empty();
                    }
                    if (number.compareTo(than) <= 0) {
                        return Optional.empty();
                    }
                    LOG.info("{} has block {}, which the node that is used does not have", url.shown(), number);
                    urls.prefer(url);
                    return Optional.of(number);
                });
    }

    private CompletableFuture<JsonNode> post(Object payload, Predicate<JsonNode> answers, boolean sendsTransaction) {
        byte[] body;
        try {
            body = JSON.writeValueAsBytes(payload);
        } catch (JsonProcessingException e) {
            return CompletableFuture.failedFuture(e);
        }
        return new RpcCall(urls, url -> post(url, body), answers, sendsTransaction, clock, scheduler).run();
    }

    private CompletableFuture<HttpReply> post(RpcUrl url, byte[] body) {
        HttpRequest request = HttpRequest.newBuilder(url.uri())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return http.send(request, MAX_ANSWER_BYTES);
    }

    private CompletableFuture<BigInteger> chainIdOf(RpcUrl url) {
        return ask(url, "eth_chainId");
    }

    /** Asks one endpoint, and no other, for a quantity. */
    private CompletableFuture<BigInteger> ask(RpcUrl url, String method) {
        byte[] body = ("{\"jsonrpc\":\"2.0\",\"id\":" + SINGLE_REQUEST + ",\"method\":\"" + method
                        + "\",\"params\":[]}")
                .getBytes(StandardCharsets.US_ASCII);
        return new RpcCall(
                        new RpcUrls(List.of(url.uri()), clock, same -> null),
                        same -> post(same, body),
                        answer -> hasId(answer, SINGLE_REQUEST),
                        false,
                        clock,
                        scheduler)
                .run()
                .thenApply(answer -> quantity(method, answer));
    }

    private static BigInteger quantity(String method, JsonNode answer) {
        if (answer.hasNonNull("error")) {
            throw new CompletionException(new IOException("The node refuses " + method + ": "
                    + answer.path("error").path("message").asText()));
        }
        try {
            return Numeric.decodeQuantity(answer.path("result").textValue());
        } catch (RuntimeException e) {
            throw new CompletionException(new IOException("The node's answer to " + method + " makes no sense", e));
        }
    }

    @SuppressWarnings("rawtypes")
    private static <T extends Response> T read(JsonNode node, Class<T> type) {
        if (type == EthLog.class
                && !node.hasNonNull("error")
                && !node.path("result").isArray()) {
            // web3j takes it for no logs.
            throw new CompletionException(new IOException("The node's answer is not a list of logs"));
        }
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException | RuntimeException e) {
            // web3j's own deserialisers fail in many ways on what is no answer.
            throw new CompletionException(new IOException("The node's answer is not a " + type.getSimpleName(), e));
        }
    }

    /** An error may come without an id, from a node that could not read the request. */
    private static boolean isAnswer(Request<?, ?> request, JsonNode answer) {
        return answer.isObject()
                && (hasId(answer, request.getId()) || (answer.hasNonNull("error") && !answer.hasNonNull("id")));
    }

    /** Answers of a batch come in any order, and a whole batch can be refused by one error object. */
    private static boolean isAnswer(List<Request<?, ? extends Response<?>>> requests, JsonNode answer) {
        return answer.isArray()
                ? requests.stream().allMatch(request -> find(request, answer).isPresent())
                : answer.hasNonNull("error");
    }

    private static boolean hasId(JsonNode answer, long id) {
        JsonNode told = answer.path("id");
        return told.isIntegralNumber()
                ? told.canConvertToLong() && told.longValue() == id
                : told.isTextual() && told.textValue().equals(Long.toString(id));
    }

    private static Optional<JsonNode> find(Request<?, ?> request, JsonNode answers) {
        for (JsonNode answer : answers) {
            if (hasId(answer, request.getId())) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }

    private static List<Response<?>> readBatch(List<Request<?, ? extends Response<?>>> requests, JsonNode answers) {
        if (!answers.isArray()) {
            throw new CompletionException(new IOException("The node refused a batch: "
                    + answers.path("error").path("message").asText("no reason")));
        }
        List<Response<?>> responses = new ArrayList<>();
        for (Request<?, ? extends Response<?>> request : requests) {
            responses.add(read(find(request, answers).orElseThrow(), request.getResponseType()));
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
