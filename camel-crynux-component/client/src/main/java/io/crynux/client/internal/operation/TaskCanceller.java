// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CancelRefusedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.engine.CancelOutcome;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.operation.CancelledTask;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels tasks; asks by a call first, since a refused transaction costs gas too, and says why it would be refused. */
final class TaskCanceller {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCanceller.class);
    private static final String TOO_EARLY = "Task has not exceeded the deadline yet";
    private static final String UNAUTHORIZED = "Unauthorized to cancel task";
    private static final String NOT_THERE = "Task not exist";
    private static final String EVICTED = "Task fee is too low";
    /** Blocks are stamped in whole seconds. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ContractReader contract;
    private final TaskHistory histories;
    private final KnownTasks known;
    private final String wallet;
    private final Clock clock;

    TaskCanceller(ContractReader contract, TaskHistory histories, KnownTasks known, String wallet, Clock clock) {
        this.contract = contract;
        this.histories = histories;
        this.known = known;
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
        TaskKind kind = history.pending()
                .flatMap(pending -> TaskKind.ofCode(pending.taskType()))
                .orElse(TaskKind.SD);
        // A task that was created just now may not be in the blocks that were looked through before.
        return known.cancel(taskId, kind, waitFor != WaitFor.CREATED, settings.timeout())
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
                    LOG.debug("What came back of the fee of task {} could not be found out", taskId, error);
                    return Optional.empty();
                });
    }

    /** Completes where it may be cancelled all the same. */
    private CompletableFuture<Void> explain(BigInteger taskId, String reason) {
        if (reason.contains(TOO_EARLY)) {
            return contract.task(taskId).thenAccept(info -> requireOverdue(taskId, reason, info));
        }
        if (reason.contains(UNAUTHORIZED)) {
            return contract.task(taskId).thenAccept(info -> {
                throw refused(
                        taskId,
                        reason,
                        "nodes work on it, and until it is over only "
                                + info.map(running -> "its creator " + running.creator())
                                        .orElse("its creator")
                                + " and those nodes may cancel it, not the wallet " + wallet,
                        null);
            });
        }
        if (reason.contains(NOT_THERE)) {
            return contract.totals().thenCompose(totals -> histories.of(taskId).thenAccept(history -> {
                throw refused(taskId, reason, whyNotThere(taskId, totals, history), null);
            }));
        }
        throw refused(taskId, reason, "the contract would revert it", null);
    }

    private void requireOverdue(BigInteger taskId, String reason, Optional<TaskInfo> info) {
        Instant from = info.map(running -> running.deadline().plus(MARGIN)).orElse(Instant.MIN);
        // A call sees the time of the last block, which can be long ago.
        if (clock.instant().isBefore(from)) {
            throw refused(
                    taskId,
                    reason,
                    "nodes work on it, and it may be cancelled from " + from + " on, should it not have ended by then",
                    from);
        }
    }

    private static String whyNotThere(BigInteger taskId, NetworkStatistics.ContractTotals totals, History history) {
        if (taskId.signum() <= 0 || taskId.compareTo(totals.created()) > 0) {
            return "the contract has created " + totals.created() + " tasks so far; check the id";
        }
        Optional<LoggedEvent> end = history.end();
        if (end.isEmpty()) {
            return "it is over, for longer than " + history.searched() + " blocks";
        }
        if (end.get().event() instanceof ContractEvent.Aborted aborted) {
            return EVICTED.equals(aborted.reason())
                    ? "the contract's full queue threw it out in block "
                            + end.get().block().number() + " in favour of a task that pays more (\"" + EVICTED
                            + "\"), without a refund"
                    : "it was aborted in block " + end.get().block().number() + ": " + aborted.reason();
        }
        return "it succeeded in block " + end.get().block().number() + "; its result can be had";
    }

    private static CancelRefusedException refused(BigInteger taskId, String reason, String why, Instant from) {
        return new CancelRefusedException(
                "Task " + taskId + " cannot be cancelled (" + reason + "): " + why + ". Nothing was signed",
                new TaskFacts(taskId, null, null, null),
                reason,
                from);
    }
}
