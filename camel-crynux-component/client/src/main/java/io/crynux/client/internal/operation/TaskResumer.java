// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.contract.LoggedEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.ChainRecord;
import io.crynux.client.operation.Resumption;
import io.crynux.client.operation.TaskOperations.Resumed;
import io.crynux.client.operation.WatchedTask;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Resumes tasks: the engine runs this wallet's tasks, those of other wallets are watched. */
final class TaskResumer {
    private final TaskHistory histories;
    private final TransactionSearch transactions;
    private final TaskWatch watch;
    private final OwnTaskFinder finder;
    private final KnownTasks known;
    private final ChainProtocol protocol;
    private final String wallet;

    /**
     * @param finder null without a wallet and a Relay
     * @param known likewise
     * @param protocol likewise
     * @param wallet address, lower-case; null without
     */
    TaskResumer(
            TaskHistory histories,
            TransactionSearch transactions,
            TaskWatch watch,
            OwnTaskFinder finder,
            KnownTasks known,
            ChainProtocol protocol,
            String wallet) {
        this.histories = histories;
        this.transactions = transactions;
        this.watch = watch;
        this.finder = finder;
        this.known = known;
        this.protocol = protocol;
        this.wallet = wallet;
    }

    CompletableFuture<Resumed> resume(Resumption wanted) {
        return idHere(wanted)
                .thenCompose(id -> id.isPresent() ? resumeHere(id.get(), wanted) : resumeFromChain(wanted));
    }

    /** The id, if this process runs the task. */
    private CompletableFuture<Optional<BigInteger>> idHere(Resumption wanted) {
        if (known == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return wanted.taskId() == null
                ? known.find(record -> ChainRecord.of(record).isPaidBy(wanted.transactionHash()))
                        .thenApply(record -> record.map(ChainRecord::of).map(ChainRecord::taskId))
                : known.find(wanted.taskId().toString()).thenApply(record -> record.map(task -> wanted.taskId()));
    }

    private CompletableFuture<Resumed> resumeHere(BigInteger taskId, Resumption wanted) {
        return known.resume(
                        taskId.toString(),
                        () -> protocol.adopting(
                                () -> created(wanted).thenCompose(created -> finder.find(created, wanted))),
                        wanted.waitFor(),
                        wanted.settings().timeout())
                .thenApply(Resumed.Own::new);
    }

    private CompletableFuture<Resumed> resumeFromChain(Resumption wanted) {
        return created(wanted).thenCompose(created -> {
            ContractEvent.Pending pending = created.pending();
            if (finder == null || !pending.creator().equals(wallet)) {
                return watched(created, wanted);
            }
            return known.resume(
                            pending.taskId().toString(),
                            () -> protocol.adopting(() -> finder.find(created, wanted)),
                            wanted.waitFor(),
                            wanted.settings().timeout())
                    .thenApply(Resumed.Own::new);
        });
    }

    private CompletableFuture<TransactionSearch.Created> created(Resumption wanted) {
        if (wanted.transactionHash() != null) {
            return transactions.created(
                    wanted.transactionHash(), wanted.settings().timeout());
        }
        return histories.of(wanted.taskId()).thenCompose(history -> {
            LoggedEvent created = history.created()
                    .orElseThrow(() -> new InvalidTaskException("The last " + history.searched()
                            + " blocks contain no createTask of task " + wanted.taskId()
                            + ". Check the id, or use the hash of its transaction"));
            return transactions.created(
                    created.transactionHash(), wanted.settings().timeout());
        });
    }

    private CompletableFuture<Resumed> watched(TransactionSearch.Created created, Resumption wanted) {
        boolean toTheEnd = wanted.waitFor() == WaitFor.RESULT || wanted.waitFor() == WaitFor.SUCCESS;
        if (!toTheEnd) {
            return CompletableFuture.completedFuture(new Resumed.Watched(task(created, wanted, null)));
        }
        return watch.end(created.pending().taskId(), wanted.settings().timeout())
                .handle((end, error) -> {
                    if (error != null) {
                        throw notEnded(created, wanted, error);
                    }
                    if (end.event() instanceof ContractEvent.Aborted aborted) {
                        throw aborted(created, aborted.reason());
                    }
                    return new Resumed.Watched(task(created, wanted, (ContractEvent.Succeeded) end.event()));
                });
    }

    private static WatchedTask task(
            TransactionSearch.Created created, Resumption wanted, ContractEvent.Succeeded success) {
        ContractEvent.Pending pending = created.pending();
        SeenTransaction transaction = created.transaction();
        TaskKind kind = TaskKind.ofCode(pending.taskType()).orElse(null);
        return new WatchedTask(
                pending.taskId(),
                kind,
                pending.creator(),
                pending.taskHash(),
                transaction.payment().transactionHash(),
                transaction.receipt().block(),
                transaction.value(),
                kind == null ? null : OwnTaskFinder.given(pending, kind, wanted).orElse(null),
                success != null,
                success == null ? null : success.resultNode(),
                success == null ? null : success.resultHash());
    }

    private static TaskFacts facts(TransactionSearch.Created created) {
        return new TaskFacts(
                created.pending().taskId(),
                created.transaction().payment().transactionHash(),
                created.transaction().value(),
                null);
    }

    private static TaskAbortedException aborted(TransactionSearch.Created created, String reason) {
        TaskFacts facts = facts(created);
        return new TaskAbortedException(
                "The network aborted " + facts.describe() + ": " + reason + ". The fee of "
                        + TaskFacts.cnx(facts.feeWei()) + " was paid by "
                        + created.pending().creator()
                        + "; how much of it was refunded is not determinable",
                facts,
                reason);
    }

    private static CrynuxException notEnded(TransactionSearch.Created created, Resumption wanted, Throwable error) {
        Throwable cause = Futures.cause(error);
        TaskFacts facts = facts(created);
        if (cause instanceof TimeoutException) {
            return new TaskTimeoutException(
                    facts.describe() + " did not end within "
                            + wanted.settings().timeout().toSeconds()
                            + " s. No node works on it before its creator "
                            + created.pending().creator()
                            + " has uploaded its parameters, which nobody else can do. The task may still end in the"
                            + " network",
                    facts);
        }
        return cause instanceof CrynuxException known
                ? known
                : new CrynuxException(facts.describe() + " could not be watched: " + cause, facts, cause);
    }
}
