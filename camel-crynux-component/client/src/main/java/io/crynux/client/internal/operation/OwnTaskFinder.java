// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.json.TaskHash;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.ChainRecord;
import io.crynux.client.internal.protocol.chain.NetworkEvent;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayTask;
import io.crynux.client.internal.result.ResultFiles;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.operation.Resumption;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Turns a task on the chain, which another program paid for with this wallet, into one that the engine can resume. */
final class OwnTaskFinder {
    private final TaskHistory histories;
    private final RelayClient relay;
    private final Clock clock;

    OwnTaskFinder(TaskHistory histories, RelayClient relay, Clock clock) {
        this.histories = histories;
        this.relay = relay;
        this.clock = clock;
    }

    CompletableFuture<ChainProtocol.Found> find(TransactionSearch.Created created, Resumption wanted) {
        BigInteger taskId = created.pending().taskId();
        SeenTransaction transaction = created.transaction();
        if (transaction.payment().rawTransaction().isEmpty()) {
            throw new CrynuxException(
                    "Task " + taskId + " cannot be resumed: the client cannot send its transaction "
                            + transaction.payment().transactionHash()
                            + " again after a reorganisation, because it does not support the transaction's type. Use"
                            + " operation=result once the task has succeeded",
                    new TaskFacts(
                            taskId.toString(), transaction.payment().transactionHash(), transaction.value(), null),
                    null);
        }
        TaskKind kind = TaskKind.ofCode(created.pending().taskType())
                .orElseThrow(() -> new InvalidTaskException("Task " + taskId + " has the type "
                        + created.pending().taskType() + ", which this version of the client does not know"));
        return histories.of(taskId).thenCompose(history -> parameters(created.pending(), kind, wanted, history)
                .thenApply(parameters -> found(created, kind, parameters, wanted.settings(), history)));
    }

    /**
     * The parameters that were paid for.
     *
     * @param json "" if they are no longer needed
     * @param state UPLOADED if the Relay has them, else CREATED
     */
    private record Parameters(String json, TaskState state) {}

    private CompletableFuture<Parameters> parameters(
            ContractEvent.Pending pending, TaskKind kind, Resumption wanted, History history) {
        Optional<String> given = given(pending, kind, wanted);
        if (given.isPresent()) {
            return CompletableFuture.completedFuture(new Parameters(given.get(), TaskState.CREATED));
        }
        return relay.task(pending.taskId()).handle((task, error) -> {
            Optional<String> uploaded = Optional.ofNullable(task)
                    .flatMap(RelayTask::parameters)
                    .filter(args -> TaskHash.of(args).equals(pending.taskHash()));
            if (uploaded.isPresent()) {
                return new Parameters(uploaded.get(), TaskState.UPLOADED);
            }
            if (history.end().isPresent()) {
                return new Parameters("", TaskState.UPLOADED);
            }
            Throwable cause = Futures.cause(error);
            throw new InvalidTaskException("The Relay does not return the parameters of task " + pending.taskId()
                    + (cause == null ? "" : " (" + cause.getMessage() + ")")
                    + ", and the body does not contain them: no parameters in it have the keccak256 hash "
                    + pending.taskHash()
                    + ". Send the parameters that were paid for byte for byte, or the whole JSON of waitFor=prepared; if"
                    + " another program has uploaded them, resume the task once nodes work on it. Nothing was spent");
        });
    }

    static Optional<String> given(ContractEvent.Pending pending, TaskKind kind, Resumption wanted) {
        return wanted.parameters().apply(kind).stream()
                .filter(json -> TaskHash.of(json).equals(pending.taskHash()))
                .findFirst();
    }

    private ChainProtocol.Found found(
            TransactionSearch.Created created,
            TaskKind kind,
            Parameters parameters,
            OperationSettings settings,
            History history) {
        ContractEvent.Pending pending = created.pending();
        SeenTransaction transaction = created.transaction();
        String args = parameters.json();
        BlockRef block = history.createdIn().orElse(transaction.receipt().block());
        TaskOrder order = TaskOrder.of(UUID.randomUUID().toString(), kind, args, pending.taskHash(), pending.creator())
                .withFee(transaction.value())
                .withResult(
                        ResultFiles.count(kind, args.isEmpty() ? null : args, history.success()),
                        settings.maxResultBytes(),
                        settings.spoolThreshold());
        ChainRecord adopted = ChainRecord.adopted(
                order,
                transaction.payment(),
                pending.taskId(),
                block,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ChainRecord record = ChainRecord.of(adopted.task().in(parameters.state()));
        return new ChainProtocol.Found(record, events(created, block, history));
    }

    private static List<NetworkEvent> events(TransactionSearch.Created created, BlockRef block, History history) {
        BigInteger taskId = created.pending().taskId();
        List<NetworkEvent> events = new ArrayList<>();
        events.add(new NetworkEvent.Created(created.transaction().payment().transactionHash(), taskId, block));
        history.started()
                .ifPresent(event ->
                        events.add(new NetworkEvent.Started(taskId, ((ContractEvent.Started) event.event()).node())));
        history.end().ifPresent(event -> events.add(end(event)));
        return events;
    }

    private static NetworkEvent end(LoggedEvent logged) {
        return logged.event() instanceof ContractEvent.Succeeded succeeded
                ? new NetworkEvent.Succeeded(
                        succeeded.taskId(), succeeded.resultNode(), succeeded.resultHash(), logged.block())
                : new NetworkEvent.Aborted(
                        logged.event().taskId(), ((ContractEvent.Aborted) logged.event()).reason(), logged.block());
    }
}
