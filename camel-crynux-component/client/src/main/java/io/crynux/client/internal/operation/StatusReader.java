// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.contract.TaskInfo;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.operation.TaskStatus;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Combines the status of a task from contract, events, Relay and journal. */
final class StatusReader {
    private static final String NO_NODE = "0x0000000000000000000000000000000000000000";

    private final ContractReader contract;
    private final TaskHistory histories;
    private final RelayClient relay;
    private final KnownTasks known;
    private final String wallet;

    /**
     * @param relay null without a Relay or a wallet
     * @param known likewise
     * @param wallet address, lower-case; null without
     */
    StatusReader(ContractReader contract, TaskHistory histories, RelayClient relay, KnownTasks known, String wallet) {
        this.contract = contract;
        this.histories = histories;
        this.relay = relay;
        this.known = known;
        this.wallet = wallet;
    }

    /** Facts in the order of the requests. */
    private record Found(
            Optional<TaskInfo> info, BigInteger created, History history, Optional<SeenTransaction> transaction) {}

    CompletableFuture<TaskStatus> of(BigInteger taskId) {
        return contract.task(taskId)
                .thenCompose(info -> contract.totals().thenCompose(totals -> {
                    if (info.isEmpty() && taskId.compareTo(totals.created()) > 0) {
                        History none = new History(List.of(), BigInteger.ZERO);
                        return CompletableFuture.completedFuture(
                                new Found(info, totals.created(), none, Optional.empty()));
                    }
                    return histories.of(taskId).thenCompose(history -> transaction(history)
                            .thenApply(transaction -> new Found(info, totals.created(), history, transaction)));
                }))
                .thenCompose(found -> relayStatus(taskId, found)
                        .thenCombine(here(taskId), (relay, here) -> put(taskId, found, relay, here)));
    }

    private CompletableFuture<Optional<SeenTransaction>> transaction(History history) {
        return history.created()
                .map(created -> contract.transaction(created.transactionHash()))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<String> relayStatus(BigInteger taskId, Found found) {
        if (relay == null || !creator(found).filter(wallet::equals).isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        return relay.task(taskId).handle((task, error) -> error == null ? task.statusName() : problem(error));
    }

    private static String problem(Throwable error) {
        Throwable cause = Futures.cause(error);
        return "unknown: " + cause.getMessage();
    }

    private CompletableFuture<TaskState> here(BigInteger taskId) {
        return known == null
                ? CompletableFuture.completedFuture(null)
                : known.find(taskId.toString())
                        .thenApply(record -> record.map(TaskRecord::state).orElse(null));
    }

    private static Optional<String> creator(Found found) {
        return found.info()
                .map(TaskInfo::creator)
                .or(() -> found.history().pending().map(ContractEvent.Pending::creator));
    }

    private static TaskStatus put(BigInteger taskId, Found found, String relayStatus, TaskState here) {
        History history = found.history();
        TaskInfo info = found.info().orElse(null);
        Optional<ContractEvent.Succeeded> success = history.success();
        Optional<LoggedEvent> end = history.end();
        TaskStatus.State state = state(found);
        String resultNode = success.map(ContractEvent.Succeeded::resultNode)
                .orElse(info == null || NO_NODE.equals(info.resultNode()) ? null : info.resultNode());
        return new TaskStatus(
                taskId,
                state,
                kind(found).orElse(null),
                creator(found).orElse(null),
                history.pending().map(ContractEvent.Pending::taskHash).orElse(info == null ? null : info.taskHash()),
                history.created().map(LoggedEvent::transactionHash).orElse(null),
                history.createdIn().orElse(null),
                info != null
                        ? info.fee()
                        : found.transaction().map(SeenTransaction::value).orElse(null),
                info == null ? null : info.balance(),
                info == null ? history.nodes() : info.nodes(),
                info == null || end.isPresent() ? null : info.deadline(),
                resultNode,
                success.map(ContractEvent.Succeeded::resultHash).orElse(null),
                history.isUploaded(),
                state == TaskStatus.State.ABORTED
                        ? end.map(event -> ((ContractEvent.Aborted) event.event()).reason())
                                .orElse(null)
                        : null,
                relayStatus,
                here,
                note(state, taskId, found));
    }

    private static Optional<TaskKind> kind(Found found) {
        return found.info()
                .map(TaskInfo::taskType)
                .or(() -> found.history().pending().map(ContractEvent.Pending::taskType))
                .flatMap(TaskKind::ofCode);
    }

    private static TaskStatus.State state(Found found) {
        Optional<LoggedEvent> end = found.history().end();
        if (end.isPresent()) {
            return end.get().event() instanceof ContractEvent.Succeeded
                    ? TaskStatus.State.SUCCEEDED
                    : TaskStatus.State.ABORTED;
        }
        if (found.info().isPresent()) {
            TaskInfo info = found.info().get();
            return info.aborted()
                    ? TaskStatus.State.ABORTED
                    : info.succeeded() ? TaskStatus.State.SUCCEEDED : TaskStatus.State.RUNNING;
        }
        if (found.history().started().isPresent()) {
            return TaskStatus.State.RUNNING;
        }
        return found.history().created().isPresent() ? TaskStatus.State.QUEUED : TaskStatus.State.UNKNOWN;
    }

    private static String note(TaskStatus.State state, BigInteger taskId, Found found) {
        if (state != TaskStatus.State.UNKNOWN) {
            return null;
        }
        return taskId.compareTo(found.created()) > 0
                ? "the contract has created " + found.created() + " tasks so far"
                : "no node works on it, and the last "
                        + found.history().searched()
                        + " blocks contain no event of it: it ended before them, or was queued before them and still waits";
    }
}
