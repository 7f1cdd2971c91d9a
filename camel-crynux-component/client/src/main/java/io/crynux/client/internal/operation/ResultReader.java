// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayTask;
import io.crynux.client.internal.result.ResultFiles;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Downloads results of the wallet's tasks, also of those that another program created. */
final class ResultReader {
    private static final int RESULTS_UPLOADED = 4;

    /**
     * The Relay's reply about a task.
     *
     * @param problem why there is none, or null
     */
    private record RelayReply(Optional<RelayTask> task, Throwable problem) {}

    private final ContractReader contract;
    private final TaskHistory histories;
    private final RelayClient relay;
    private final KnownTasks known;
    private final String wallet;
    private final ScheduledExecutorService scheduler;

    ResultReader(
            ContractReader contract,
            TaskHistory histories,
            RelayClient relay,
            KnownTasks known,
            String wallet,
            ScheduledExecutorService scheduler) {
        this.contract = contract;
        this.histories = histories;
        this.relay = relay;
        this.known = known;
        this.wallet = wallet;
        this.scheduler = scheduler;
    }

    CompletableFuture<TaskResult> of(BigInteger taskId, OperationSettings settings) {
        return histories.of(taskId).thenCompose(history -> {
            history.pending().map(ContractEvent.Pending::creator).ifPresent(creator -> requireOwn(taskId, creator));
            Optional<LoggedEvent> end = history.end();
            if (end.isPresent() && end.get().event() instanceof ContractEvent.Aborted aborted) {
                throw aborted(taskId, history, aborted.reason());
            }
            return relay.task(taskId)
                    .handle((task, error) -> {
                        if (error != null
                                && history.created().isEmpty()
                                && history.success().isEmpty()) {
                            throw notAvailable(taskId, history, error);
                        }
                        return new RelayReply(Optional.ofNullable(task), error == null ? null : Futures.cause(error));
                    })
                    .thenCompose(reply -> fetch(taskId, history, reply, settings));
        });
    }

    private void requireOwn(BigInteger taskId, String creator) {
        if (!creator.equals(wallet)) {
            throw new InvalidTaskException("Task " + taskId + " was created by " + creator
                    + ", and the Relay returns its result only to its creator. The wallet of this client is " + wallet);
        }
    }

    private static TaskAbortedException aborted(BigInteger taskId, History history, String reason) {
        return new TaskAbortedException(
                "Task " + taskId + " has no result: the network aborted it: " + reason
                        + ". How much of its fee was refunded is not determinable",
                facts(taskId, history),
                reason);
    }

    private static CrynuxException notAvailable(BigInteger taskId, History history, Throwable error) {
        Throwable cause = Futures.cause(error);
        return new ResultUnavailableException(
                "The result of task " + taskId + " is not available: the last " + history.searched()
                        + " blocks contain no TaskSuccess of it. " + cause.getMessage()
                        + ". Check the id and the status of the task",
                facts(taskId, history),
                cause);
    }

    private static TaskFacts facts(BigInteger taskId, History history) {
        return new TaskFacts(
                taskId.toString(),
                history.created().map(LoggedEvent::transactionHash).orElse(null),
                null,
                null);
    }

    private CompletableFuture<TaskResult> fetch(
            BigInteger taskId, History history, RelayReply reply, OperationSettings settings) {
        Optional<RelayTask> atRelay = reply.task();
        boolean there = history.success().isPresent()
                || atRelay.filter(task -> task.status() == RESULTS_UPLOADED).isPresent();
        if (!there) {
            throw new ResultUnavailableException(
                    "Task " + taskId + " has no result yet. "
                            + atRelay.map(task -> "Its state at the Relay: " + task.statusName())
                                    .orElseGet(() -> reply.problem().getMessage())
                            + ". Use operation=resume to wait for it",
                    facts(taskId, history));
        }
        TaskKind kind = history.pending()
                .map(ContractEvent.Pending::taskType)
                .or(() -> atRelay.map(task -> (long) task.taskType()))
                .flatMap(TaskKind::ofCode)
                .orElseThrow(() -> new ResultUnavailableException(
                        "Task " + taskId
                                + " has a kind that this version of the client does not know; its result was not downloaded",
                        facts(taskId, history)));
        String args = atRelay.flatMap(RelayTask::parameters)
                .filter(uploaded -> history.pending()
                        .filter(pending -> !pending.taskHash().equals(TaskHash.of(uploaded)))
                        .isEmpty())
                .orElse(null);
        TaskOrder order = order(kind, args, history, settings);
        return fee(history)
                .thenCompose(fee -> inTime(taskId, history, known.download(taskId.toString(), order), settings)
                        .thenApply(files -> result(taskId, kind, fee, history, files)));
    }

    private TaskOrder order(TaskKind kind, String args, History history, OperationSettings settings) {
        String hash = history.pending().map(ContractEvent.Pending::taskHash).orElse("");
        return TaskOrder.of(UUID.randomUUID().toString(), kind, "", hash, wallet)
                .withResult(
                        ResultFiles.count(kind, args, history.success()),
                        settings.maxResultBytes(),
                        settings.spoolThreshold());
    }

    private CompletableFuture<Optional<BigInteger>> fee(History history) {
        return history.created()
                .map(created -> contract.transaction(created.transactionHash())
                        .thenApply(transaction -> transaction.map(SeenTransaction::value)))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    private CompletableFuture<List<ResultFile>> inTime(
            BigInteger taskId,
            History history,
            CompletableFuture<List<ResultFile>> download,
            OperationSettings settings) {
        ScheduledFuture<?> deadline = scheduler.schedule(
                () -> download.cancel(false), settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        return download.handle((files, error) -> {
            deadline.cancel(false);
            if (error == null) {
                return files;
            }
            Throwable cause = Futures.cause(error);
            throw new ResultUnavailableException(
                    "The result of task " + taskId + " could not be downloaded"
                            + (download.isCancelled()
                                    ? " within " + settings.timeout().toSeconds() + " s. The task succeeded"
                                    : ": " + cause.getMessage()),
                    facts(taskId, history),
                    cause);
        });
    }

    private TaskResult result(
            BigInteger taskId, TaskKind kind, Optional<BigInteger> fee, History history, List<ResultFile> files) {
        Optional<ContractEvent.Succeeded> success = history.success();
        return new TaskResult(
                kind,
                TaskState.DONE,
                taskId.toString(),
                history.pending().map(ContractEvent.Pending::taskHash).orElse(null),
                wallet,
                history.created().map(LoggedEvent::transactionHash).orElse(null),
                history.createdIn().map(BlockRef::number).orElse(null),
                history.createdIn().map(BlockRef::hash).orElse(null),
                fee.orElse(null),
                1,
                success.map(ContractEvent.Succeeded::resultNode).orElse(null),
                success.map(ContractEvent.Succeeded::resultHash).orElse(null),
                files);
    }
}
