// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import org.web3j.protocol.core.DefaultBlockParameterName;

/** The JSON-RPC calls that price and number a payment, with ways around those that not all nodes have. */
final class PaymentRpc {
    private final ChainRpc rpc;
    private final MissingCalls missing;

    PaymentRpc(ChainRpc rpc) {
        this.rpc = rpc;
        this.missing = new MissingCalls(rpc::shown);
    }

    /**
     * The next nonce of an address: how many of its transactions are in blocks, or wait for one as far as the node tells. Not
     * all nodes have a pending block (moonbeam-foundation/moonbeam#1338, status-im/nimbus-eth1#4687).
     */
    CompletableFuture<BigInteger> pendingNonce(String address) {
        return missing.orElse(
                rpc.nonce(address, DefaultBlockParameterName.PENDING),
                "eth_getTransactionCount at the block tag pending",
                "only this client's own pending payments are known, so let nobody else pay with the wallet",
                () -> rpc.nonce(address, DefaultBlockParameterName.LATEST));
    }

    /** What a transaction of the old type offers: eth_gasPrice, or base fee and tip. */
    CompletableFuture<BigInteger> gasPrice() {
        return missing.orElse(
                toldGasPrice(),
                "eth_gasPrice",
                "base fee and eth_maxPriorityFeePerGas are used instead",
                () -> rpc.head()
                        .thenCombine(toldTip(), (head, tip) -> head.baseFee().add(tip)));
    }

    /**
     * The tip of a transaction: eth_maxPriorityFeePerGas, which is no standard call (ethereum-optimism/optimism#2086), or what
     * eth_gasPrice is above the base fee.
     */
    CompletableFuture<BigInteger> tip(BigInteger baseFee) {
        return missing.orElse(
                toldTip(),
                "eth_maxPriorityFeePerGas",
                "eth_gasPrice less the base fee is used instead",
                () -> toldGasPrice().thenApply(price -> price.subtract(baseFee).max(BigInteger.ZERO)));
    }

    private CompletableFuture<BigInteger> toldGasPrice() {
        return RpcAnswers.call(rpc.web3j().ethGasPrice(), r -> RpcAnswers.amount(r.getGasPrice()));
    }

    private CompletableFuture<BigInteger> toldTip() {
        return RpcAnswers.call(
                rpc.web3j().ethMaxPriorityFeePerGas(), r -> RpcAnswers.amount(r.getMaxPriorityFeePerGas()));
    }
}
