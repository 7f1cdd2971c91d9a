// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.Payment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends payments, and tells from the node's answer whether the network may have them. */
final class PaymentSender {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentSender.class);

    /** What is known when a payment may be known to the network. */
    enum Answer {
        /** Nothing speaks against it. */
        SENT,
        /** Another transaction with its nonce is in a block or waits for one, perhaps somebody else's. */
        NONCE_CONTESTED
    }

    private final ChainRpc rpc;

    PaymentSender(ChainRpc rpc) {
        this.rpc = rpc;
    }

    /** Fails with a {@link PaymentRefusedException} only when the node refused the payment and does not have it. */
    CompletableFuture<Answer> send(Payment payment) {
        return rpc.send(payment.rawTransaction())
                .handle((hash, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(Answer.SENT);
                    }
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    if (cause instanceof RpcException refusal) {
                        return afterRefusal(payment, refusal);
                    }
                    // No answer: it may have arrived. It is sent again until a block settles it.
                    LOG.warn("No answer to sending {}: {}; it will be sent again", payment, cause.getMessage());
                    return CompletableFuture.completedFuture(Answer.SENT);
                })
                .thenCompose(result -> result);
    }

    /** An error proves nothing: some nodes answer with one although they have taken the transaction. */
    private CompletableFuture<Answer> afterRefusal(Payment payment, RpcException refusal) {
        SendRefusal meaning = SendRefusal.of(refusal);
        if (meaning == SendRefusal.ALREADY_KNOWN) {
            return CompletableFuture.completedFuture(Answer.SENT);
        }
        if (meaning == SendRefusal.NONCE_TOO_LOW || meaning == SendRefusal.NONCE_CONTESTED) {
            // Somebody else uses the wallet, or this payment is mined already. The blocks settle it.
            LOG.info(
                    "The node says of {}: {}; whether it or another transaction of the wallet counts shows in the blocks",
                    payment,
                    refusal.rpcMessage());
            return CompletableFuture.completedFuture(Answer.NONCE_CONTESTED);
        }
        return rpc.transaction(payment.transactionHash())
                .thenApply(Optional::isPresent)
                // Not to know is no proof either; the payment is then treated as one that may arrive.
                .exceptionally(error -> true)
                .thenApply(known -> {
                    if (!known) {
                        throw new PaymentRefusedException(refusal, meaning == SendRefusal.INSUFFICIENT_FUNDS);
                    }
                    return Answer.SENT;
                });
    }
}
