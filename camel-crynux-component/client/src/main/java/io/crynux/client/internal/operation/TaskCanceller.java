// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CancelRefusedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.CancelRefusal;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.protocol.chain.CancelOutcome;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.operation.CancelledTask;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels tasks; checks with a call first, because a reverted transaction costs gas, and explains a refusal. */
final class TaskCanceller {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCanceller.class);
    private static final String EVICTED = "Task fee is too low";

    private final ContractReader contract;
    private final TaskHistory histories;
    private final ChainProtocol protocol;
    private final String wallet;
    private final Clock clock;

    TaskCanceller(ContractReader contract, TaskHistory histories, ChainProtocol protocol, String wallet, Clock clock) {
        this.contract = contract;
        this.histories = histories;
        this.protocol = protocol;
        this.wallet = wallet;
        this.clock = clock;
    }

    CompletableFuture<CancelledTask> cancel(BigInteger taskId, WaitFor waitFor, OperationSettings settings) {
        return contract.refusalOfCancel(taskId, wallet)
                .thenCompose(refusal -> refusal.isEmpty()
                        ? CompletableFuture.<Void>completedFuture(null)
                        : explain(taskId, refusal.get()))
                .thenCompose(allowed -> histories.of(taskId))
                .thenCompose(history -> send(taskId, history, waitFor, settings));
    }

    private CompletableFuture<CancelledTask> send(
            BigInteger taskId, History history, WaitFor waitFor, OperationSettings settings) {
        // A task that was created just now may not be in the blocks that were looked through before.
        return protocol.cancel(taskId, waitFor != WaitFor.CREATED, settings.timeout())
                .thenCompose(outcome -> (history.created().isPresent()
                                ? CompletableFuture.completedFuture(history)
                                : histories.of(taskId))
                        .thenCompose(now -> refund(taskId, now, outcome)
                                .thenApply(refund -> new CancelledTask(
                                        taskId,
                                        now.pending()
                                                .map(ContractEvent.Pending::creator)
                                                .orElse(null),
                                        outcome.transactionHash(),
                                        outcome.block(),
                                        refund.orElse(null)))));
    }

    private CompletableFuture<Optional<BigInteger>> refund(BigInteger taskId, History history, CancelOutcome outcome) {
        Optional<LoggedEvent> created = history.created();
        boolean own = history.pending()
                .filter(pending -> pending.creator().equals(wallet))
                .isPresent();
        if (outcome.block() == null || !own) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return contract.transaction(created.orElseThrow().transactionHash())
                .thenCompose(transaction -> contract.refundOf(
                        wallet,
                        taskId,
                        transaction.map(SeenTransaction::value).orElseThrow(),
                        created.get().block(),
                        outcome.block()))
                .exceptionally(error -> {
                    LOG.debug("The refund of task {} could not be determined", taskId, error);
                    return Optional.empty();
                });
    }

    /** Completes if the task can be cancelled anyway. */
    private CompletableFuture<Void> explain(BigInteger taskId, String reason) {
        if (CancelRefusal.TOO_EARLY.isReasonOf(reason)) {
            return contract.task(taskId).thenAccept(info -> requireOverdue(taskId, reason, info));
        }
        if (CancelRefusal.UNAUTHORIZED.isReasonOf(reason)) {
            return contract.task(taskId).thenAccept(info -> {
                throw refused(
                        taskId,
                        reason,
                        "nodes work on it, and until it has ended only "
                                + info.map(running -> "its creator " + running.creator())
                                        .orElse("its creator")
                                + " and those nodes can cancel it, not the wallet " + wallet,
                        null);
            });
        }
        if (CancelRefusal.NOT_THERE.isReasonOf(reason)) {
            return contract.totals().thenCompose(totals -> histories.of(taskId).thenAccept(history -> {
                throw refused(taskId, reason, whyNotFound(taskId, totals, history), null);
            }));
        }
        throw refused(taskId, reason, "the contract would revert it", null);
    }

    private void requireOverdue(BigInteger taskId, String reason, Optional<TaskInfo> info) {
        Instant from = info.map(running -> running.deadline().plus(CancelRefusal.MARGIN))
                .orElse(Instant.MIN);
        // A call sees the time of the last block, which can be long ago.
        if (clock.instant().isBefore(from)) {
            throw refused(
                    taskId,
                    reason,
                    "nodes work on it, and it can be cancelled from " + from + " on if it has not ended by then",
                    from);
        }
    }

    private static String whyNotFound(BigInteger taskId, NetworkStatistics.ContractTotals totals, History history) {
        if (taskId.signum() <= 0 || taskId.compareTo(totals.created()) > 0) {
            return "the contract has created " + totals.created() + " tasks so far; check the id";
        }
        Optional<LoggedEvent> end = history.end();
        if (end.isEmpty()) {
            return "it ended more than " + history.searched() + " blocks ago";
        }
        if (end.get().event() instanceof ContractEvent.Aborted aborted) {
            return EVICTED.equals(aborted.reason())
                    ? "the contract's queue was full and evicted it in block "
                            + end.get().block().number() + " for a task with a higher fee (\"" + EVICTED
                            + "\"), without a refund"
                    : "it was aborted in block " + end.get().block().number() + ": " + aborted.reason();
        }
        return "it succeeded in block " + end.get().block().number() + "; use operation=result to download its result";
    }

    private static CancelRefusedException refused(BigInteger taskId, String reason, String why, Instant from) {
        return new CancelRefusedException(
                "Task " + taskId + " cannot be cancelled (" + reason + "): " + why + ". Nothing was signed",
                new TaskFacts(taskId, null, null, null),
                reason,
                from);
    }
}
