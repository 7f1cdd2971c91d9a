// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.journal.Settlement;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a task. A failure is reported only when it is final, since its submitter may then pay for another task;
 * every one is settled when it is final. Used on the engine's loop only.
 */
final class TaskEnding {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEnding.class);

    /** Whose end it is. */
    interface Owner {
        ChainRecord record();

        /** Whether the network has done its work, which only a reorganisation can revert. */
        boolean hasSucceeded();

        /** The end is final; what it cost is found out next. */
        void onFinal();

        /** It ended for good. */
        void onEnded(TaskState state, String reason, Settlement settlement, CrynuxException error);

        /** It had ended before, and that is final now. */
        void onSettled(Settlement settlement);
    }

    /** What left the wallet for good, in wei. */
    private record Cost(BigInteger fee, BigInteger gas) {
        static final Cost NOTHING = new Cost(BigInteger.ZERO, BigInteger.ZERO);
    }

    /** An end that a reorganisation may still revert. */
    private record Pending(TaskState state, BlockRef block, String reason, CrynuxException error) {}

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Owner owner;
    private Pending pending;
    private boolean settling;

    TaskEnding(ChainProtocol protocol, Steps steps, Owner owner) {
        this.protocol = protocol;
        this.steps = steps;
        this.owner = owner;
    }

    /** Whether the task has ended in a block that is not final. */
    boolean isPending() {
        return pending != null;
    }

    /** Whether the payment is in a block and was reverted, which is not final. */
    boolean isReverted() {
        return pending != null && pending.state() == TaskState.REVERTED;
    }

    /**
     * The task ends that way, as soon as the block is final.
     *
     * @return false when a better known end is pending already
     */
    boolean await(TaskState state, BlockRef block, String reason, CrynuxException error) {
        // A receipt of any variant counts more than that none was found before.
        if (pending != null && (pending.state() != TaskState.REJECTED || state == TaskState.REJECTED)) {
            return false;
        }
        LOG.debug(
                "{} will end as {} when block {} is final: {}",
                ChainFailures.name(owner.record()),
                state,
                block.number(),
                reason);
        pending = new Pending(state, block, reason, error);
        return true;
    }

    /** Whether one of these blocks was the end's, which is none any more then. */
    boolean takeBack(Set<String> removedBlocks) {
        boolean taken =
                pending != null && removedBlocks.contains(pending.block().hash());
        if (taken) {
            pending = null;
        }
        return taken;
    }

    /** Whether nothing can change any more, and only what it cost is being found out. */
    boolean isSettling() {
        return settling;
    }

    /** The payment made a task after all. */
    void takeBack() {
        pending = null;
    }

    void onHead() {
        ChainRecord record = owner.record();
        if (pending != null && protocol.finality.isFinal(pending.block())) {
            Pending end = pending;
            pending = null;
            owner.onFinal();
            conclude(end);
        } else if (owner.hasSucceeded()
                && record.createdIn() != null
                && protocol.finality.isFinal(record.createdIn())) {
            settle(TaskState.DONE);
        }
    }

    private void conclude(Pending end) {
        steps.after(
                refund(end),
                (refund, failed) ->
                        steps.after(cost(end.state(), refund), (spent, unknown) -> conclude(end, spent, refund)));
    }

    private void conclude(Pending end, Cost spent, BigInteger refund) {
        Settlement settlement = settlement(spent, refund);
        ChainRecord record = owner.record();
        if (record.state().isEnd()) {
            // It had timed out, perhaps while the refund was looked for.
            owner.onSettled(settlement);
        } else {
            CrynuxException error = refund == null ? end.error() : ChainFailures.aborted(record, end.reason(), refund);
            owner.onEnded(end.state(), end.reason(), settlement, error);
        }
    }

    /** Nothing was ever sent. */
    void unpaid(String reason, CrynuxException error) {
        Settlement settlement = settlement(Cost.NOTHING, null);
        if (owner.record().state().isEnd()) {
            owner.onSettled(settlement);
        } else {
            owner.onEnded(TaskState.REJECTED, reason, settlement, error);
        }
    }

    /**
     * Nothing can change any more for a task that has ended.
     *
     * @param end how the network sees it
     */
    void settle(TaskState end) {
        if (settling) {
            return;
        }
        settling = true;
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
    private CompletableFuture<BigInteger> refund(Pending end) {
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
