// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends payments, and finds out from the node's answer whether the network may have them. What has left this process may be
 * mined until its nonce is used by something else, unless the answer is among the few that prove otherwise. Used by the
 * nonce lane, for one payment after the other.
 */
final class PaymentSender {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentSender.class);

    private final ChainRpc rpc;
    private final String address;
    /** Hashes of what was refused before: a copy of it may have got through meanwhile. */
    private final Set<String> refusedBefore = new HashSet<>();

    PaymentSender(ChainRpc rpc, String address) {
        this.rpc = rpc;
        this.address = address;
    }

    /** Those bytes were sent and refused, perhaps to an earlier process. */
    synchronized void rememberRefused(String transactionHash) {
        refusedBefore.add(transactionHash);
    }

    private synchronized boolean isRefusedBefore(Payment payment) {
        return refusedBefore.contains(payment.transactionHash());
    }

    /**
     * Completes with what the node objected, or null where it took the payment; the network may have it in either case. Fails
     * with a {@link PaymentRefusedException} only when it is proven that it has not, and in no other way.
     */
    CompletableFuture<String> send(Payment payment) {
        return rpc.send(payment.rawTransaction())
                .handle((hash, error) -> {
                    if (error == null) {
                        return CompletableFuture.<String>completedFuture(null);
                    }
                    Throwable cause = Futures.cause(error);
                    if (cause instanceof RpcException refusal) {
                        return afterRefusal(payment, refusal);
                    }
                    // No answer, or one of several endpoints had it before: it may have arrived.
                    LOG.warn("No answer to sending {}: {}; it will be sent again", payment, cause.getMessage());
                    return CompletableFuture.completedFuture(cause.getMessage());
                })
                .thenCompose(result -> result);
    }

    private CompletableFuture<String> afterRefusal(Payment payment, RpcException refusal) {
        SendRefusal meaning = SendRefusal.of(refusal);
        if (meaning == SendRefusal.DOUBTFUL
                || (meaning == SendRefusal.INSUFFICIENT_FUNDS && isRefusedBefore(payment))) {
            return CompletableFuture.completedFuture(doubtful(payment, refusal));
        }
        return isContradicted(payment, meaning)
                // Not to know is no proof either.
                .exceptionally(error -> true)
                .thenApply(contradicted -> {
                    if (contradicted) {
                        return doubtful(payment, refusal);
                    }
                    rememberRefused(payment.transactionHash());
                    throw new PaymentRefusedException(refusal, meaning == SendRefusal.INSUFFICIENT_FUNDS);
                });
    }

    private static String doubtful(Payment payment, RpcException refusal) {
        LOG.info(
                "The node answered {} with: {}. That proves nothing; blocks will show its outcome",
                payment,
                refusal.rpcMessage());
        return refusal.rpcMessage();
    }

    /** Whether the node knows the payment although it refused it, has its nonce used, or has enough funds for it. */
    private CompletableFuture<Boolean> isContradicted(Payment payment, SendRefusal meaning) {
        return rpc.transaction(payment.transactionHash())
                .thenCombine(
                        rpc.account(address),
                        (known, account) -> known.isPresent()
                                || account.nextNonce().compareTo(payment.nonce()) > 0
                                || (meaning == SendRefusal.INSUFFICIENT_FUNDS
                                        && account.balance()
                                                        .compareTo(PaymentContent.of(payment)
                                                                .mostCost())
                                                >= 0));
    }
}
