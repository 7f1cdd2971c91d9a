// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.journal.Payment;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * Signs and sends the payments of one address, one after the other, so that each gets the nonce after the one before.
 */
final class NonceLane {
    private static final Logger LOG = LoggerFactory.getLogger(NonceLane.class);

    private final ChainRpc rpc;
    private final String address;
    private final PaymentSigner signer;
    private final GasPricing pricing;
    private final Executor executor;
    /** Completes when the newest payment in the lane has left it. */
    private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);
    /** The next nonce; null when the chain must be asked. Read and written by one payment after the other. */
    private BigInteger next;

    NonceLane(ChainRpc rpc, String address, PaymentSigner signer, GasPricing pricing, Executor executor) {
        this.rpc = rpc;
        this.address = address;
        this.signer = signer;
        this.pricing = pricing;
        this.executor = executor;
    }

    /**
     * Pays. The future completes when the transaction may be known to the network, and fails when it is certain that it
     * is not: with a {@link PaymentRefusedException} when the node refused it, else when nothing was signed.
     *
     * @param beforeSend makes the payment survive a crash; the transaction leaves only when its stage has completed
     */
    synchronized CompletableFuture<Payment> pay(
            String to, BigInteger value, String data, Function<Payment, CompletionStage<Void>> beforeSend) {
        CompletableFuture<Payment> paid =
                tail.thenCompose(before -> nextNonce().thenCompose(nonce -> sign(nonce, to, value, data, beforeSend)));
        tail = paid.handle((payment, error) -> null);
        return paid;
    }

    private CompletableFuture<BigInteger> nextNonce() {
        return next != null
                ? CompletableFuture.completedFuture(next)
                : rpc.nonce(address, DefaultBlockParameterName.PENDING);
    }

    private CompletableFuture<Payment> sign(
            BigInteger nonce,
            String to,
            BigInteger value,
            String data,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return pricing.current()
                .thenApplyAsync(price -> signer.sign(nonce, price, to, value, data), executor)
                .thenCompose(payment -> beforeSend.apply(payment).thenApply(journaled -> payment))
                .thenCompose(payment -> {
                    // From here on the nonce counts as used, whatever the answer to the sending is.
                    next = nonce.add(BigInteger.ONE);
                    return send(payment);
                });
    }

    private CompletableFuture<Payment> send(Payment payment) {
        return rpc.send(payment.rawTransaction())
                .handle((hash, error) -> {
                    if (error == null) {
                        return CompletableFuture.completedFuture(payment);
                    }
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    if (cause instanceof RpcException refusal) {
                        return afterRefusal(payment, refusal);
                    }
                    // No answer: it may have arrived. It is sent again until a block settles it.
                    LOG.warn(
                            "No answer to sending {}: {}; it will be sent again",
                            payment.transactionHash(),
                            cause.getMessage());
                    return CompletableFuture.completedFuture(payment);
                })
                .thenCompose(result -> result);
    }

    /** An error proves nothing: some nodes answer with one although they have taken the transaction. */
    private CompletableFuture<Payment> afterRefusal(Payment payment, RpcException refusal) {
        SendRefusal meaning = SendRefusal.of(refusal);
        if (meaning == SendRefusal.ALREADY_KNOWN) {
            return CompletableFuture.completedFuture(payment);
        }
        if (meaning == SendRefusal.NONCE_TOO_LOW) {
            // Somebody else uses the wallet, or this payment is mined already. The follower settles it by the nonce.
            next = null;
            return CompletableFuture.completedFuture(payment);
        }
        return rpc.transaction(payment.transactionHash())
                .thenApply(Optional::isPresent)
                // Not to know is no proof either; the payment is then treated as one that may arrive.
                .exceptionally(error -> true)
                .thenApply(known -> {
                    if (!known) {
                        // The next payment takes this nonce, so that never both can be mined.
                        next = payment.nonce();
                        throw new PaymentRefusedException(refusal, meaning == SendRefusal.INSUFFICIENT_FUNDS);
                    }
                    return payment;
                });
    }
}
