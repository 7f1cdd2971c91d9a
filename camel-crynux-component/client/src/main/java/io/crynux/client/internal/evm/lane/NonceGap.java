// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import io.crynux.client.internal.evm.rpc.ChainRpc;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameterName;

/**
 * Finds a gap below the payments in flight: a nonce that the chain expects and no payment of ours has, because the pool counted
 * a transaction that it does not have any more. Nothing after it can be mined. Used by the nonce lane, one call after the other.
 */
final class NonceGap {
    private static final Logger LOG = LoggerFactory.getLogger(NonceGap.class);

    private final ChainRpc rpc;
    private final String address;
    private final PaymentsInFlight inFlight;

    NonceGap(ChainRpc rpc, String address, PaymentsInFlight inFlight) {
        this.rpc = rpc;
        this.address = address;
        this.inFlight = inFlight;
    }

    /** The lowest missing nonce; empty where none is missing, or the node counts a transaction with it. */
    CompletableFuture<Optional<BigInteger>> find() {
        BigInteger missing = inFlight.missing();
        if (missing == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return rpc.nonce(address, DefaultBlockParameterName.PENDING).thenApply(pending -> {
            if (pending.compareTo(missing) > 0) {
                LOG.info("Nonce {} of the wallet is missing, but the node counts a transaction with it", missing);
                return Optional.empty();
            }
            return Optional.of(missing);
        });
    }
}
