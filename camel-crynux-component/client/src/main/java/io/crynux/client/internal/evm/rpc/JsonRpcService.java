// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.text.ForeignText;
import io.reactivex.Flowable;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
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

/**
 * JSON-RPC over HTTP that holds no thread while it waits; web3j's own HttpService blocks one of an unbounded pool.
 *
 * <p>With several URLs it stays with the one that answers. When that one cannot be reached, limits the rate or answers
 * with something that is no JSON-RPC, the same request goes to the next and the URL rests for a while; asking twice is
 * harmless, also for a signed transaction.
 */
public final class JsonRpcService implements Web3jService {
    private static final Logger LOG = LoggerFactory.getLogger(JsonRpcService.class);
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();

    private static final String SEND = "eth_sendRawTransaction";

    private final RpcUrls urls;
    private final RpcHttp http;
    private final RpcWaits waits;
    private final RpcChains chains;

    /** @param chainId the id that the chain must have, or null to take the chain's own */
    public JsonRpcService(
            List<URI> urls, Long chainId, HttpTransport transport, Clock clock, ScheduledExecutorService scheduler) {
        this.http = new RpcHttp(transport, clock);
        this.waits = new RpcWaits(scheduler);
        this.chains = new RpcChains(http, waits, chainId);
        this.urls = new RpcUrls(urls, clock, chains::impatientlyOf);
    }

    private JsonRpcService(RpcUrls urls, JsonRpcService like) {
        this.urls = urls;
        this.http = like.http;
        this.waits = like.waits;
        this.chains = like.chains;
    }

    /** Asks another endpoint first than this one does, if there is one, and changes nothing here. */
    JsonRpcService elsewhere() {
        return urls.isOne() ? this : new JsonRpcService(urls.elsewhere(), this);
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public <T extends Response> CompletableFuture<T> sendAsync(Request request, Class<T> responseType) {
        Request<?, ?> single = request;
        RpcCall<JsonNode> call = new RpcCall<>(
                urls, url -> new RpcBatch(http, List.of(single)).ask(url).thenApply(answers -> answers.get(0)), waits);
        return call.run().thenApply(answer -> {
            if (SEND.equals(single.getMethod())) {
                checkRefusal(answer, call.unanswered());
            }
            return read(answer, responseType);
        });
    }

    /** What one endpoint refuses, or the same one the second time, may have been taken before. */
    private void checkRefusal(JsonNode answer, IOException unanswered) {
        if (unanswered != null && answer.hasNonNull("error")) {
            String words = RpcError.in(answer).map(RpcError::words).orElse("an error");
            throw new CompletionException(new IOException(
                    unanswered.getMessage() + "; and " + urls.shown() + " answered: " + ForeignText.shown(words)));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
        List<Request<?, ? extends Response<?>>> requests = batch.getRequests();
        RpcBatch parts = new RpcBatch(http, List.copyOf(requests));
        return new RpcCall<>(urls, parts::ask, waits).run().thenApply(answers -> {
            List<Response<?>> responses = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                responses.add(read(answers.get(i), requests.get(i).getResponseType()));
            }
            return new BatchResponse(requests, responses);
        });
    }

    /** See {@link RpcUrls#agree}. Waits for endpoints that limit the rate only where no other one answers. */
    public CompletableFuture<RpcUrls.Chain> agreeOnChain() {
        return urls.agree(chains.configured(), chains::impatientlyOf)
                .exceptionallyCompose(error -> urls.isAnyRateLimited()
                        ? urls.agree(chains.configured(), chains::of)
                        : CompletableFuture.failedFuture(error));
    }

    /** The endpoint that answers is behind; the next request goes to another one, if there is one. */
    void distrust() {
        urls.preferNext();
    }

    /** The endpoint that is asked first now, as messages and logs may show it. */
    String shown() {
        return urls.shown();
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
        return urls.onRightChain(url).thenCompose(right -> chains.newestOf(url)).handle((number, error) -> {
            if (error != null) {
                LOG.debug("Whether {} is ahead is not known", url.shown(), error);
                if (!url.isRateLimited()) {
                    url.failed();
                }
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

    @SuppressWarnings("rawtypes")
    private static <T extends Response> T read(JsonNode node, Class<T> type) {
        if (type == EthLog.class
                && !node.hasNonNull("error")
                && !node.path("result").isArray()) {
            // web3j would read it as no logs.
            throw new CompletionException(new IOException("The node's answer is not a list of logs"));
        }
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonProcessingException | RuntimeException e) {
            // web3j's own deserialisers fail in many ways on what is no answer, and quote it in words of their own.
            throw new CompletionException(new IOException("The node's answer is not a " + type.getSimpleName()));
        }
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

    /** What waits for an endpoint ends; connections belong to the transport. */
    @Override
    public void close() {
        waits.close();
    }
}
