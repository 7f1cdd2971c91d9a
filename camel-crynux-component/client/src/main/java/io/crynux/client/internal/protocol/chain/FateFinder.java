// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.ContractEvents;
import io.crynux.client.internal.contract.RevertReason;
import io.crynux.client.internal.contract.TaskContract;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.lane.PaymentContent;
import io.crynux.client.internal.evm.lane.PaymentFate;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.NodeBehindException;
import io.crynux.client.internal.evm.rpc.RpcException;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Finds out what became of payments whose nonce is used. */
final class FateFinder {
    /** A called contract gets all but a 64th of what is left, so that a failed call leaves that; twice, as calls nest. */
    private static final BigInteger LEFT_WHEN_GAS_RAN_OUT = BigInteger.valueOf(32);

    private final ChainRpc rpc;
    private final String contract;
    private final String creator;

    FateFinder(ChainRpc rpc, String contract, String creator) {
        this.rpc = rpc;
        this.contract = contract;
        this.creator = creator;
    }

    /**
     * Looks for a receipt of any variant. Empty proves that none is in a block up to the head, since one node is asked for
     * the head, the nonce there and all receipts; a node that does not have the head, or the nonce not used there, fails
     * the future.
     *
     * @param variants every payment that was signed with one nonce
     */
    CompletableFuture<Optional<PaymentFate>> find(List<Payment> variants, BlockRef head) {
        List<String> hashes = variants.stream().map(Payment::transactionHash).toList();
        return rpc.evidence(creator, hashes, head).thenCompose(evidence -> {
            if (evidence.nextNonce().compareTo(variants.get(0).nonce()) <= 0) {
                throw undecided("counts " + evidence.nextNonce() + " transactions of the wallet at block "
                        + head.number() + ", another node counted more");
            }
            Optional<TransactionReceipt> receipt = evidence.receipts().stream().findFirst();
            if (receipt.isEmpty() && evidence.inBlocks()) {
                throw undecided("has the payment in a block, and no receipt of it");
            }
            if (receipt.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (receipt.get().getBlockNumber().compareTo(head.number()) > 0) {
                throw undecided("has a receipt of a block that was not read yet");
            }
            return rpc.block(DefaultBlockParameter.valueOf(receipt.get().getBlockNumber()))
                    .thenCompose(block -> {
                        if (!block.hash().equals(receipt.get().getBlockHash())) {
                            throw undecided("has a receipt of a block that it does not have");
                        }
                        return fate(variants, receipt.get()).thenApply(Optional::of);
                    });
        });
    }

    private static CompletionException undecided(String what) {
        return new CompletionException(new NodeBehindException("The node " + what));
    }

    private CompletableFuture<PaymentFate> fate(List<Payment> variants, TransactionReceipt receipt) {
        Payment mined = variants.stream()
                .filter(variant -> variant.transactionHash().equalsIgnoreCase(receipt.getTransactionHash()))
                .findFirst()
                .orElseThrow();
        BlockRef block = new BlockRef(receipt.getBlockNumber(), receipt.getBlockHash());
        if (receipt.isStatusOK()) {
            return CompletableFuture.completedFuture(
                    new PaymentFate(mined, block, isCreation(mined) ? taskId(receipt) : null, true, null));
        }
        return reason(mined, receipt).thenApply(reason -> new PaymentFate(mined, block, null, false, reason));
    }

    private boolean isCreation(Payment payment) {
        PaymentContent content = PaymentContent.of(payment);
        return contract.equalsIgnoreCase(content.to()) && !content.data().startsWith(TaskContract.CANCEL_TASK);
    }

    /** The first log need not be ours: a full queue begins with the abortion of somebody else's task. */
    private BigInteger taskId(TransactionReceipt receipt) {
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

    /** A reverted transaction has no reason; the same call at the block before shows it. */
    private CompletableFuture<String> reason(Payment mined, TransactionReceipt receipt) {
        PaymentContent content = PaymentContent.of(mined);
        Transaction replay =
                new Transaction(creator, null, null, content.gasLimit(), content.to(), content.value(), content.data());
        BigInteger parent = receipt.getBlockNumber().subtract(BigInteger.ONE);
        return rpc.call(replay, DefaultBlockParameter.valueOf(parent))
                .handle((answer, error) ->
                        reasonOf(error).or(() -> outOfGas(content, receipt)).orElse(null));
    }

    private static Optional<String> reasonOf(Throwable error) {
        Throwable cause = Futures.cause(error);
        // No answer, or a call that now goes through, tells nothing about the reason.
        return cause instanceof RpcException revert ? RevertReason.of(revert) : Optional.empty();
    }

    private static Optional<String> outOfGas(PaymentContent content, TransactionReceipt receipt) {
        BigInteger limit = content.gasLimit();
        BigInteger left = limit.subtract(receipt.getGasUsed());
        return left.multiply(LEFT_WHEN_GAS_RAN_OUT).compareTo(limit) > 0
                ? Optional.empty()
                : Optional.of("out of gas: " + receipt.getGasUsed() + " of a gas limit of " + limit
                        + " were used; set gasLimit higher");
    }
}
