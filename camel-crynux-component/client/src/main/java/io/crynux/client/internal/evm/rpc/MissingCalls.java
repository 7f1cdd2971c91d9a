// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.async.Futures;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes around calls that a node does not offer, and says so once. Thread-safe. */
final class MissingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(MissingCalls.class);

    private final Supplier<String> node;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** @param node the endpoint that answers now, as logs may show it */
    MissingCalls(Supplier<String> node) {
        this.node = node;
    }

    /**
     * The answer to a call, or where the node answers with an error what another way tells. Which error does not matter: nodes
     * have no word in common for a call or a parameter that they do not know, and where the other way works it is as good.
     *
     * @param what the call, for the log
     * @param around the other way, for the log
     * @return fails as the call did where the other way fails, too
     */
    <T> CompletableFuture<T> orElse(
            CompletableFuture<T> call, String what, String around, Supplier<CompletableFuture<T>> other) {
        return call.exceptionallyCompose(error -> {
            Throwable refusal = Futures.cause(error);
            if (!isRefusal(refusal)) {
                return CompletableFuture.failedFuture(error);
            }
            return other.get().handle((told, trouble) -> {
                if (trouble != null) {
                    throw new CompletionException(refusal);
                }
                String url = node.get();
                if (reported.add(url + " " + what)) {
                    LOG.warn("The node at {} does not offer {} ({}); {}", url, what, refusal.getMessage(), around);
                }
                return told;
            });
        });
    }

    /** Whether a node did answer, and the answer is that it cannot; in whatever form. */
    static boolean isRefusal(Throwable error) {
        return error instanceof RpcException
                || error instanceof UnreadableAnswerException
                || error.getCause() instanceof NoRpcAnswerException;
    }
}
