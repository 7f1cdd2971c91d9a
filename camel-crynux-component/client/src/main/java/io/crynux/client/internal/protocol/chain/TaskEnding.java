// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.Settlement;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Determines what a task cost, once its end is final, and reports both. Used on the engine's loop only.
 */
final class TaskEnding {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEnding.class);

    /** Whose end it is. */
    interface Owner {
        ChainRecord record();

        /** It failed for good. */
        void onEnded(ChainFailure failure, Settlement settlement);

        /** It had ended before, and that is final now. */
        void onSettled(Settlement settlement);
    }

    /** What left the wallet for good, in wei. */
    private record Cost(BigInteger fee, BigInteger gas) {
        static final Cost NOTHING = new Cost(BigInteger.ZERO, BigInteger.ZERO);
    }

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Owner owner;

    TaskEnding(ChainProtocol protocol, Steps steps, Owner owner) {
        this.protocol = protocol;
        this.steps = steps;
        this.owner = owner;
    }

    /** It has failed, by a block that is final. */
    void conclude(ChainFailure failure) {
        steps.after(
                refund(failure),
                (refund, failed) -> steps.after(
                        cost(failure.state(), refund), (spent, unknown) -> conclude(failure, spent, refund)));
    }

    private void conclude(ChainFailure failure, Cost spent, BigInteger refund) {
        Settlement settlement = settlement(spent, refund);
        ChainRecord record = owner.record();
        if (record.state().isEnd()) {
            // It had timed out, perhaps while the refund was looked for.
            owner.onSettled(settlement);
        } else {
            owner.onEnded(
                    refund == null ? failure : failure.because(ChainFailures.aborted(record, failure.reason(), refund)),
                    settlement);
        }
    }

    /** Nothing was ever sent. */
    void unpaid(String reason, CrynuxException error) {
        Settlement settlement = settlement(Cost.NOTHING, null);
        if (owner.record().state().isEnd()) {
            owner.onSettled(settlement);
        } else {
            owner.onEnded(new ChainFailure(TaskState.REJECTED, null, reason, error, false), settlement);
        }
    }

    /**
     * Nothing can change any more for a task that has ended.
     *
     * @param end how the network sees it
     */
    void settle(TaskState end) {
        CompletableFuture<Cost> cost = cost(end, null);
        if (cost.isDone()) {
            owner.onSettled(settlement(cost.join(), null));
        } else {
            steps.after(cost, (spent, unknown) -> owner.onSettled(settlement(spent, null)));
        }
    }

    private Settlement settlement(Cost cost, BigInteger refund) {
        if (cost == null) {
            return protocol.settlement(null, refund);
        }
        ChainRecord record = owner.record();
        BigInteger spent = cost.fee().add(cost.gas());
        protocol.context.settle(record.task(), spent);
        protocol.context.onCost(record.order().kind(), cost.fee(), cost.gas());
        return protocol.settlement(spent, refund);
    }

    /** What came back of the fee in wei, or null. */
    private CompletableFuture<BigInteger> refund(ChainFailure end) {
        if (end.state() != TaskState.ABORTED || owner.record().state().isEnd()) {
            return CompletableFuture.completedFuture(null);
        }
        // What is thrown at once is a failure like any other: the task ends all the same.
        return CompletableFuture.completedFuture(null)
                .thenCompose(now -> protocol.network.refundOf(owner.record(), end.block()))
                .exceptionally(error -> {
                    LOG.debug("The refund of {} could not be determined", ChainFailures.name(owner.record()), error);
                    return Optional.empty();
                })
                .thenApply(refund -> refund.orElse(null));
    }

    /** What left the wallet for good; null where nobody counts, or where it cannot be found out. */
    private CompletableFuture<Cost> cost(TaskState end, BigInteger refund) {
        ChainRecord record = owner.record();
        if (!protocol.context.countsCosts()) {
            return CompletableFuture.completedFuture(null);
        }
        if (end == TaskState.REJECTED || record.payments().isEmpty()) {
            return CompletableFuture.completedFuture(Cost.NOTHING);
        }
        BigInteger fee = end == TaskState.REVERTED
                ? BigInteger.ZERO
                : record.order().feeWei().subtract(refund == null ? BigInteger.ZERO : refund);
        return CompletableFuture.completedFuture(null)
                .thenCompose(now -> protocol.network.gasPaid(record.transactionHash()))
                .thenApply(gas -> new Cost(fee, gas))
                .exceptionally(error -> {
                    LOG.debug(
                            "The cost of {} could not be determined; the budget counts its maximum",
                            ChainFailures.name(record),
                            error);
                    return null;
                });
    }
}
