// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * What became of a payment.
 *
 * @param block where it is, or null when it is in none
 * @param taskId the task that it made, or null when it was reverted
 * @param revertReason the contract's words, or null where it gave none
 */
public record PaymentFate(BlockRef block, BigInteger taskId, String revertReason) {

    /** It is in no block. */
    public static final PaymentFate NOT_MINED = new PaymentFate(null, null, null);

    /** The fate of a payment with that receipt. */
    static CompletableFuture<PaymentFate> of(
            TransactionReceipt receipt, String contract, String creator, ChainRpc rpc) {
        BlockRef block = new BlockRef(receipt.getBlockNumber(), receipt.getBlockHash());
        if (receipt.isStatusOK()) {
            return CompletableFuture.completedFuture(new PaymentFate(block, taskId(receipt, contract, creator), null));
        }
        return reason(receipt, rpc).thenApply(reason -> new PaymentFate(block, null, reason.orElse(null)));
    }

    /** The first log need not be ours: a full queue begins with the abortion of somebody else's task. */
    private static BigInteger taskId(TransactionReceipt receipt, String contract, String creator) {
        return receipt.getLogs().stream()
                .filter(log -> contract.equalsIgnoreCase(log.getAddress()))
                .flatMap(log -> ContractEvents.read(log).stream())
                .filter(ContractEvent.Pending.class::isInstance)
                .map(ContractEvent.Pending.class::cast)
                .filter(pending -> pending.creator().equals(creator))
                .findFirst()
                .map(ContractEvent.Pending::taskId)
                .orElseThrow(() -> new CompletionException(new IllegalStateException("Transaction "
                        + receipt.getTransactionHash() + " succeeded without a TaskPending event of the contract "
                        + contract)));
    }

    /** A reverted transaction tells nothing; the same call at the block before tells why. */
    private static CompletableFuture<Optional<String>> reason(TransactionReceipt receipt, ChainRpc rpc) {
        return rpc.transaction(receipt.getTransactionHash())
                .thenCompose(mined -> mined.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.<String>empty())
                        : rpc.call(
                                        new Transaction(
                                                mined.get().getFrom(),
                                                null,
                                                null,
                                                mined.get().getGas(),
                                                mined.get().getTo(),
                                                mined.get().getValue(),
                                                mined.get().getInput()),
                                        DefaultBlockParameter.valueOf(
                                                receipt.getBlockNumber().subtract(BigInteger.ONE)))
                                .handle((answer, error) -> reasonOf(error)));
    }

    private static Optional<String> reasonOf(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        // No answer, or a call that now goes through, tells nothing about the reason.
        return cause instanceof RpcException revert ? RevertReason.of(revert.data()) : Optional.empty();
    }
}
