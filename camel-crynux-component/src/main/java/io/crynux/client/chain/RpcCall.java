// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.http.HttpReply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.ObjectMapperFactory;

/**
 * One request on its way through the endpoints: to the one that answered last, and when that fails, to each of the others
 * once. Where all that could answer limit how often they are asked, it waits for the first of them, without a thread.
 */
final class RpcCall {
    private static final Logger LOG = LoggerFactory.getLogger(RpcCall.class);
    private static final ObjectMapper JSON = ObjectMapperFactory.getObjectMapper();
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String RATE_LIMITED = "it limits the rate of requests (429)";
    /** How long a request waits for endpoints that limit the rate. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final RpcUrls urls;
    private final Function<RpcUrl, CompletableFuture<HttpReply>> http;
    private final Predicate<JsonNode> answers;
    private final boolean sendsTransaction;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Set<RpcUrl> tried = new HashSet<>();
    private Duration waited = Duration.ZERO;
    private boolean mayHaveArrived;
    private IOException lastFailure = new IOException("No endpoint of rpcUrl can be used");

    /**
     * @param answers whether a JSON-RPC answer has the id of the request: caches and proxies mix answers up
     * @param sendsTransaction whether the request must not be taken for refused while an endpoint may have taken it
     */
    RpcCall(
            RpcUrls urls,
            Function<RpcUrl, CompletableFuture<HttpReply>> http,
            Predicate<JsonNode> answers,
            boolean sendsTransaction,
            Clock clock,
            ScheduledExecutorService scheduler) {
        this.urls = urls;
        this.http = http;
        this.answers = answers;
        this.sendsTransaction = sendsTransaction;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Fails with an IOException that names the last endpoint tried. */
    CompletableFuture<JsonNode> run() {
        List<RpcUrl> left = urls.usable(tried);
        Optional<RpcUrl> ready = left.stream()
                .filter(url -> url.rest().isZero())
                .findFirst()
                // One that failed lately is better than none; one that limits the rate would refuse.
                .or(() -> left.stream().filter(url -> !url.isRateLimited()).min(Comparator.comparing(RpcUrl::rest)));
        if (ready.isPresent()) {
            return ask(ready.get());
        }
        return left.stream()
                .min(Comparator.comparing(RpcUrl::rest))
                .map(this::waitFor)
                .orElseGet(() -> CompletableFuture.failedFuture(lastFailure));
    }

    private CompletableFuture<JsonNode> waitFor(RpcUrl limiting) {
        Duration rest = limiting.rest();
        waited = waited.plus(rest);
        if (waited.compareTo(LONGEST_WAIT) > 0) {
            return CompletableFuture.failedFuture(
                    tried.isEmpty() ? noAnswer(limiting, new IOException(RATE_LIMITED)) : lastFailure);
        }
        CompletableFuture<Void> rested = new CompletableFuture<>();
        scheduler.schedule(() -> rested.complete(null), rest.toMillis() + 1, TimeUnit.MILLISECONDS);
        return rested.thenCompose(now -> run());
    }

    private static IOException noAnswer(RpcUrl url, Throwable cause) {
        String what = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new IOException("The node at " + url.shown() + " does not answer: " + what, cause);
    }

    private CompletableFuture<JsonNode> ask(RpcUrl url) {
        int changes = urls.changes();
        return urls.onRightChain(url)
                .thenCompose(right -> http.apply(url))
                .thenApply(reply -> read(reply))
                .handle((node, error) -> error == null ? answered(url, changes, node) : failed(url, error))
                .thenCompose(next -> next);
    }

    /** The JSON-RPC answer. Nodes wrap errors in HTTP 200, 400 or 500; what counts is whether it is JSON-RPC. */
    private JsonNode read(HttpReply reply) {
        if (reply.status() == TOO_MANY_REQUESTS) {
            throw new RateLimit(reply.retryAfter(clock.instant()).orElse(null));
        }
        JsonNode node;
        try {
            node = JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new CompletionException(new IOException("HTTP " + reply.status() + " without JSON"));
        }
        if (node == null || !(node.isArray() || node.has("result") || node.has("error"))) {
            throw new CompletionException(new IOException("HTTP " + reply.status() + " without a JSON-RPC answer"));
        }
        String refusal = node.path("error").path("message").asText().toLowerCase(Locale.ROOT);
        if (refusal.contains("rate limit") || refusal.contains("too many requests")) {
            throw new RateLimit(reply.retryAfter(clock.instant()).orElse(null));
        }
        if (!answers.test(node)) {
            throw new CompletionException(new IOException("it sent the answer to another request"));
        }
        return node;
    }

    private static final class RateLimit extends CompletionException {
        private static final long serialVersionUID = 1L;
        private final transient Duration asked;

        RateLimit(Duration asked) {
            super(new IOException(RATE_LIMITED));
            this.asked = asked;
        }
    }

    private CompletableFuture<JsonNode> answered(RpcUrl url, int changes, JsonNode node) {
        url.answered();
        urls.answered(url, changes);
        if (sendsTransaction && mayHaveArrived && node.has("error")) {
            // What this endpoint refuses another one may have taken before.
            return CompletableFuture.failedFuture(new IOException(lastFailure.getMessage() + "; and " + url.shown()
                    + " answered: " + node.path("error").path("message").asText("an error")));
        }
        return CompletableFuture.completedFuture(node);
    }

    private CompletableFuture<JsonNode> failed(RpcUrl url, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        lastFailure = noAnswer(url, cause);
        if (error instanceof RateLimit limit) {
            url.limited(limit.asked);
        } else {
            url.failed();
            tried.add(url);
            mayHaveArrived |= !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
        }
        LOG.debug("{}; it rests for {}", lastFailure.getMessage(), url.rest());
        return run();
    }
}
