// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.utils.Numeric;

/** Asks one endpoint, and no other, which chain it is on and how far it has come. */
final class RpcChains {
    private static final Logger LOG = LoggerFactory.getLogger(RpcChains.class);
    private static final Pattern HASH = Pattern.compile("0x(?!0{64})[0-9a-fA-F]{64}");

    private final RpcHttp http;
    private final RpcWaits waits;
    private final Long configured;

    /** @param configured the id that the chain must have, or null */
    RpcChains(RpcHttp http, RpcWaits waits, Long configured) {
        this.http = http;
        this.waits = waits;
        this.configured = configured;
    }

    /** The id that the chain must have, or null. */
    Long configured() {
        return configured;
    }

    /** Its chain; waits where it limits the rate. */
    CompletableFuture<RpcUrls.Chain> of(RpcUrl url) {
        return of(url, true);
    }

    /** Its chain; fails where it limits the rate. */
    CompletableFuture<RpcUrls.Chain> impatientlyOf(RpcUrl url) {
        return of(url, false);
    }

    private CompletableFuture<RpcUrls.Chain> of(RpcUrl url, boolean patient) {
        return ask(url, patient, "eth_chainId")
                .thenApply(answer -> id(url, answer))
                .thenCompose(id -> ask(url, patient, "eth_getBlockByNumber", "0x0", false)
                        .handle((answer, error) -> {
                            if (error != null && isTrouble(Futures.cause(error))) {
                                throw new CompletionException(Futures.cause(error));
                            }
                            return new RpcUrls.Chain(id, error == null ? genesisHash(answer) : null);
                        }));
    }

    /** The number of the newest block that it has. */
    CompletableFuture<BigInteger> newestOf(RpcUrl url) {
        return ask(url, false, "eth_blockNumber").thenApply(answer -> quantity("eth_blockNumber", answer));
    }

    private CompletableFuture<JsonNode> ask(RpcUrl url, boolean patient, String method, Object... params) {
        Request<?, ?> request = new Request<>(method, List.of(params), null, Response.class);
        request.setId(1);
        RpcCall<JsonNode> call = new RpcCall<>(
                RpcUrls.only(url),
                same -> new RpcBatch(http, List.of(request)).ask(same).thenApply(answers -> answers.get(0)),
                waits);
        return (patient ? call : call.impatient()).run();
    }

    private BigInteger id(RpcUrl url, JsonNode answer) {
        if (!answer.hasNonNull("error")) {
            return quantity("eth_chainId", answer);
        }
        if (configured == null) {
            throw new NetworkException("The node at rpcUrl " + url.shown() + " does not say which chain it is on"
                    + " (eth_chainId: " + words(answer) + "). Set chainId, or use another node");
        }
        LOG.warn(
                "The node at {} does not say which chain it is on ({}); it is assumed to be on chain {}, as chainId says",
                url.shown(),
                words(answer),
                configured);
        return BigInteger.valueOf(configured);
    }

    /** Whether the endpoint cannot be asked at all now; everything else means that it does not have the block. */
    private static boolean isTrouble(Throwable error) {
        Throwable cause = error.getCause();
        return cause instanceof RateLimitException
                || cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException;
    }

    /** Null where the answer is not block 0, as from pruned nodes, and rollups that began at another one. */
    private static String genesisHash(JsonNode answer) {
        JsonNode block = answer.path("result");
        boolean first = block.path("number").asText().matches("0x0+");
        String hash = block.path("hash").asText();
        return first && HASH.matcher(hash).matches() ? hash.toLowerCase(Locale.ROOT) : null;
    }

    private static String words(JsonNode answer) {
        return ForeignText.shown(RpcError.in(answer).map(RpcError::words).orElse("no reason"));
    }

    private static BigInteger quantity(String method, JsonNode answer) {
        if (answer.hasNonNull("error")) {
            throw new CompletionException(new IOException("The node refuses " + method + ": " + words(answer)));
        }
        try {
            return Numeric.decodeQuantity(answer.path("result").textValue());
        } catch (RuntimeException e) {
            throw new CompletionException(new UnreadableAnswerException(method, e));
        }
    }
}
