// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.Creation;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.TaskContract;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.rpc.ChainRpc;
import io.crynux.client.internal.evm.rpc.RpcException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.methods.request.Transaction;

/**
 * Finds out who created a task whose TaskPending was not read. The contract tells while the task runs, so it is asked as of the
 * block before the one that reports the task; of a task that never ran, and by nodes that do not keep old states, only
 * TaskPending itself can tell, which does not have the id as a topic and so is looked for backwards.
 */
final class CreationFinder {
    private static final Logger LOG = LoggerFactory.getLogger(CreationFinder.class);
    private static final String ANYBODY = "0x0000000000000000000000000000000000000000";
    private static final BigInteger WINDOW = BigInteger.valueOf(2_000);
    /** 100,000 blocks; a task that waits for longer is none that anybody waits for. */
    private static final int MOST_WINDOWS = 50;

    private final ChainRpc rpc;
    private final ChainSettings settings;
    private final BloomTrust blooms;

    CreationFinder(ChainRpc rpc, ChainSettings settings, BloomTrust blooms) {
        this.rpc = rpc;
        this.blooms = blooms;
        this.settings = settings;
    }

    /**
     * @param toldIn number of a block with an event of the task
     * @return empty when it was created too long before; fails when the node does not answer
     */
    CompletableFuture<Optional<Creation>> find(BigInteger taskId, BigInteger toldIn) {
        BigInteger before = toldIn.subtract(BigInteger.ONE).max(BigInteger.ZERO);
        Transaction call =
                Transaction.createEthCallTransaction(ANYBODY, settings.contractAddress(), TaskContract.getTask(taskId));
        return rpc.call(call, DefaultBlockParameter.valueOf(before))
                .thenApply(answer -> TaskContract.creation(answer, taskId))
                .exceptionally(error -> {
                    Throwable cause = Futures.cause(error);
                    if (cause instanceof RpcException) {
                        LOG.debug("The node does not report task {} as of block {}", taskId, before, cause);
                        return Optional.empty();
                    }
                    throw Futures.wrapped(error);
                })
                .thenCompose(creation -> creation.isPresent()
                        ? CompletableFuture.completedFuture(creation)
                        : lookBack(taskId, toldIn, MOST_WINDOWS));
    }

    private CompletableFuture<Optional<Creation>> lookBack(BigInteger taskId, BigInteger last, int windowsLeft) {
        if (windowsLeft == 0 || last.signum() < 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        BigInteger first = last.subtract(WINDOW).add(BigInteger.ONE).max(BigInteger.ZERO);
        return window(new EventRanges(rpc, settings, blooms, List.of("TaskPending")), taskId, first, last)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(found)
                        : lookBack(taskId, first.subtract(BigInteger.ONE), windowsLeft - 1));
    }

    private CompletableFuture<Optional<Creation>> window(
            EventRanges ranges, BigInteger taskId, BigInteger from, BigInteger last) {
        if (from.compareTo(last) > 0) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return ranges.read(from, last).thenCompose(range -> {
            Optional<Creation> found = range.events().stream()
                    .map(LoggedEvent::event)
                    .filter(event -> event.taskId().equals(taskId))
                    .map(ContractEvent.Pending.class::cast)
                    .map(pending -> new Creation(pending.creator(), pending.taskType()))
                    .findFirst();
            return found.isPresent()
                    ? CompletableFuture.completedFuture(found)
                    : window(ranges, taskId, range.next(), last);
        });
    }
}
