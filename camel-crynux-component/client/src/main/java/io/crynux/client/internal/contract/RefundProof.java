// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Finds out what came back of a fee. Refunds are internal transfers without an event, so nothing but the wallet's balance
 * before and after the block can tell. That is a proof only where no other task moved the balance in that block, the
 * wallet's own transactions in it are counted, and what came back is nothing, or just what the nodes were not paid (classic protocol, section 1, "Money, by outcome").
 */
public final class RefundProof {
    private final ChainRpc rpc;
    private final String contract;
    private final String creator;

    public RefundProof(ChainRpc rpc, String contract, String creator) {
        this.rpc = rpc;
        this.contract = contract;
        this.creator = creator;
    }

    /** What came back, in wei; empty where it cannot be proven. */
    public CompletableFuture<Optional<BigInteger>> find(
            BigInteger taskId, BigInteger fee, BlockRef createdIn, BlockRef endedIn) {
        return rpc.logsOfRange(contract, createdIn.number(), endedIn.number(), Set.of())
                .thenCompose(logs -> isOnlyEnd(taskId, endedIn, logs)
                        ? cameBack(endedIn).thenApply(back -> plausible(back, fee, paidToNodes(taskId, logs)))
                        : CompletableFuture.completedFuture(Optional.<BigInteger>empty()));
    }

    /** By how much the balance grew in the block, apart from what the wallet's own transactions took. */
    private CompletableFuture<BigInteger> cameBack(BlockRef block) {
        CompletableFuture<BigInteger> after = rpc.balance(creator, DefaultBlockParameter.valueOf(block.number()));
        CompletableFuture<BigInteger> before = rpc.balance(
                creator, DefaultBlockParameter.valueOf(block.number().subtract(BigInteger.ONE)));
        return after.thenCombine(before, BigInteger::subtract)
                .thenCombine(rpc.spentIn(block.hash(), creator), BigInteger::add);
    }

    private static Optional<BigInteger> plausible(BigInteger back, BigInteger fee, BigInteger paidToNodes) {
        boolean nothing = back.signum() == 0;
        boolean rest = back.equals(fee.subtract(paidToNodes));
        return nothing || rest ? Optional.of(back) : Optional.empty();
    }

    /** Whether that task, and no other, was told of in that block as something that can move money to its creator. */
    private static boolean isOnlyEnd(BigInteger taskId, BlockRef endedIn, List<Log> logs) {
        Set<BigInteger> moved = logs.stream()
                .filter(log -> endedIn.hash().equals(log.getBlockHash()))
                .flatMap(log -> ContractEvents.read(log).stream())
                .filter(RefundProof::canMoveMoney)
                .map(ContractEvent::taskId)
                .collect(Collectors.toSet());
        return moved.equals(Set.of(taskId));
    }

    private static boolean canMoveMoney(ContractEvent event) {
        return !(event instanceof ContractEvent.Pending
                || event instanceof ContractEvent.Started
                || event instanceof ContractEvent.CommitmentsReady);
    }

    private static BigInteger paidToNodes(BigInteger taskId, List<Log> logs) {
        return logs.stream()
                .flatMap(log -> ContractEvents.read(log).stream())
                .filter(ContractEvent.NodePaid.class::isInstance)
                .map(ContractEvent.NodePaid.class::cast)
                .filter(paid -> paid.taskId().equals(taskId))
                .map(ContractEvent.NodePaid::feeWei)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }
}
