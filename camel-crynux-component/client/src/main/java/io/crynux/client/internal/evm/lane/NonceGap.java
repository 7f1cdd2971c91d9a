// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.journal.Payment;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * Closes a gap below the payments in flight: a nonce that the chain expects and no payment of ours has, because the pool
 * counted a transaction that it has not any more. Nothing after it can be mined. A transfer of nothing from the wallet to
 * itself takes the nonce, so that whatever else may turn up with that nonce, no task is paid twice. Used by the nonce lane,
 * one call after the other.
 */
final class NonceGap {
    private static final Logger LOG = LoggerFactory.getLogger(NonceGap.class);

    private final ChainRpc rpc;
    private final String address;
    private final GasPricing pricing;
    private final PaymentSigner signer;
    private final PaymentsInFlight inFlight;
    private final WalletFunds funds;
    private final BigInteger gasLimit;
    /** What was sent last to close one; null before. Not journaled: it pays for nothing. */
    private PaymentContent filler;

    NonceGap(
            ChainRpc rpc,
            String address,
            GasPricing pricing,
            PaymentSigner signer,
            PaymentsInFlight inFlight,
            WalletFunds funds,
            BigInteger gasLimit) {
        this.rpc = rpc;
        this.address = address;
        this.pricing = pricing;
        this.signer = signer;
        this.inFlight = inFlight;
        this.funds = funds;
        this.gasLimit = gasLimit;
    }

    /** Sends what closes the gap, where there is one and the pool has nothing for it; again, at a higher price, while it lasts. */
    CompletableFuture<Void> close() {
        BigInteger missing = inFlight.missing();
        if (missing == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (filler != null && filler.nonce().equals(missing)) {
            return pricing.replacementOf(filler.price())
                    .thenCompose(price -> send(price.map(filler::at).orElse(filler)));
        }
        return rpc.nonce(address, DefaultBlockParameterName.PENDING).thenCompose(pending -> {
            if (pending.compareTo(missing) > 0) {
                LOG.info("Nonce {} of the wallet is missing, but the node counts a transaction with it", missing);
                return CompletableFuture.completedFuture(null);
            }
            return pricing.current()
                    .thenCompose(price ->
                            send(new PaymentContent(missing, price, gasLimit, address, BigInteger.ZERO, "0x")));
        });
    }

    private CompletableFuture<Void> send(PaymentContent content) {
        return funds.require(BigInteger.ZERO, content.mostCost())
                .thenCompose(affordable -> signer.sign(content))
                .thenCompose(signed -> {
                    filler = content;
                    LOG.warn(
                            "Nonce {} of the wallet is missing: the chain expects it, and the wallet's payments that are"
                                    + " not in a block have higher ones. The wallet sends itself 0 CNX with it, in {}, so that"
                                    + " they can be mined",
                            content.nonce(),
                            signed.transactionHash());
                    return send(signed);
                });
    }

    private CompletableFuture<Void> send(Payment signed) {
        return rpc.send(signed.rawTransaction()).handle((hash, error) -> {
            if (error != null) {
                LOG.info("Sending {} was answered with {}; blocks will show its outcome", signed, error.toString());
            }
            return null;
        });
    }
}
