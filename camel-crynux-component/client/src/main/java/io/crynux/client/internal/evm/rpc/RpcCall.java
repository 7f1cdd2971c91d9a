// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the endpoints: to the one that answered last, and when that fails, to each of the others
 * once. Where all that could answer limit how often they are asked, it waits for the first of them, without a thread.
 */
final class RpcCall<T> {
    private static final Logger LOG = LoggerFactory.getLogger(RpcCall.class);
    /** How long a request waits for endpoints that limit the rate. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final RpcUrls urls;
    private final Function<RpcUrl, CompletableFuture<T>> request;
    private final RpcWaits waits;
    private final Set<RpcUrl> tried = new HashSet<>();
    private Duration longestWait = LONGEST_WAIT;
    private Duration waited = Duration.ZERO;
    private boolean mayHaveArrived;
    private IOException lastFailure = new IOException("No endpoint of rpcUrl can be used");

    /** @param request asks one endpoint; fails with a {@link RateLimitException} where that limits the rate */
    RpcCall(RpcUrls urls, Function<RpcUrl, CompletableFuture<T>> request, RpcWaits waits) {
        this.urls = urls;
        this.request = request;
        this.waits = waits;
    }

    /** Does not wait for endpoints that limit the rate. */
    RpcCall<T> impatient() {
        longestWait = Duration.ZERO;
        return this;
    }

    /** Fails with an IOException that names the last endpoint tried. */
    CompletableFuture<T> run() {
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

    private CompletableFuture<T> waitFor(RpcUrl limiting) {
        Duration rest = limiting.rest();
        waited = waited.plus(rest);
        if (waited.compareTo(longestWait) > 0) {
            RateLimitException limit = limiting.limit();
            return CompletableFuture.failedFuture(
                    tried.isEmpty() && limit != null ? noAnswer(limiting, limit) : lastFailure);
        }
        return waits.rest(rest).thenCompose(now -> run());
    }

    private static IOException noAnswer(RpcUrl url, Throwable cause) {
        String what =
                cause.getMessage() == null ? cause.getClass().getSimpleName() : ForeignText.shown(cause.getMessage());
        // The cause goes along where it has nothing in it that must not be shown.
        return new IOException(
                "The node at " + url.shown() + " does not answer: " + what,
                cause.getMessage() == null || what.equals(cause.getMessage()) ? cause : null);
    }

    private CompletableFuture<T> ask(RpcUrl url) {
        int changes = urls.changes();
        return urls.onRightChain(url)
                .thenCompose(right -> request.apply(url))
                .handle((answer, error) -> {
                    if (error != null) {
                        return failed(url, Futures.cause(error));
                    }
                    url.answered();
                    urls.answered(url, changes);
                    return CompletableFuture.completedFuture(answer);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<T> failed(RpcUrl url, Throwable cause) {
        lastFailure = noAnswer(url, cause);
        if (cause instanceof RateLimitException limit) {
            url.limited(limit);
        } else if (!(cause.getCause() instanceof RateLimitException)) {
            url.failed();
            tried.add(url);
        }
        // Who limits the rate may have passed the request on all the same.
        mayHaveArrived |= !(cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException);
        LOG.debug("{}; it is not used for {}", lastFailure.getMessage(), url.rest());
        return run();
    }

    /** Why an endpoint that was asked before did not answer, although it may have got the request; null where none did. */
    IOException unanswered() {
        return mayHaveArrived ? lastFailure : null;
    }
}
