// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import java.util.concurrent.CompletableFuture;

/** Finds out before the first payment whether the node offers the calls that price, number and cover one. */
public final class PaymentCalls {
    private final ChainRpc rpc;
    private final GasPricing pricing;
    private final String wallet;

    public PaymentCalls(ChainRpc rpc, GasPricing pricing, String wallet) {
        this.rpc = rpc;
        this.pricing = pricing;
        this.wallet = wallet;
    }

    /** Fails with a {@link NetworkException} that names the call and the remedy. */
    public CompletableFuture<Void> check() {
        return required(pricing.current(), "the price of gas")
                .thenCompose(price -> required(rpc.pendingNonce(wallet), "the next nonce"))
                .thenCompose(nonce -> required(rpc.account(wallet), "the balance"))
                .thenApply(account -> null);
    }

    private CompletableFuture<Void> required(CompletableFuture<?> call, String what) {
        return call.handle((answer, error) -> {
            // What else fails now may work when a task is paid.
            if (error != null && Futures.cause(error) instanceof RpcException refusal && refusal.isMissingCall()) {
                throw new NetworkException(
                        "The node at " + rpc.shown() + " does not report " + what + ", which payments need ("
                                + refusal.getMessage() + "). Set rpcUrl to a node that does",
                        refusal);
            }
            return null;
        });
    }
}
