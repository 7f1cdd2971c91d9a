// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.contract.SeenTransaction;
import io.crynux.client.internal.finality.FinalBlocks;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.internal.retry.RetriedCall;
import io.crynux.client.internal.retry.Retry;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.internal.retry.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a transaction is mined and has created a task. */
final class TransactionSearch {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionSearch.class);
    private static final RetryPolicy AGAIN = RetryPolicy.of(Duration.ofMillis(400), Duration.ofSeconds(4));

    private final ContractReader contract;
    private final FinalBlocks finals;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private volatile boolean closed;

    TransactionSearch(
            ContractReader contract, FinalBlocks finals, Executor executor, ScheduledExecutorService scheduler) {
        this.contract = contract;
        this.finals = finals;
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /** A transaction and the task that it created. */
    record Created(SeenTransaction transaction, ContractEvent.Pending pending) {}

    /** Stops waiting. */
    void close() {
        closed = true;
    }

    CompletableFuture<Created> created(String hash, Duration timeout) {
        return Retry.start(
                        new Search(hash, AGAIN.within(timeout)),
                        (delay, step) -> scheduler.schedule(
                                () -> executor.execute(step), delay.toMillis(), TimeUnit.MILLISECONDS),
                        System::nanoTime)
                .future()
                .thenApply(Optional::orElseThrow);
    }

    /** The transaction with that hash, which may not be mined yet. */
    private final class Search implements RetriedCall<Optional<Created>> {
        private final String hash;
        private final RetryPolicy policy;

        Search(String hash, RetryPolicy policy) {
            this.hash = hash;
            this.policy = policy;
        }

        @Override
        public Logger log() {
            return LOG;
        }

        @Override
        public String what() {
            return "the search for transaction " + hash;
        }

        @Override
        public CompletableFuture<Optional<Created>> attempt() {
            return contract.transaction(hash).thenCompose(seen -> judgeTransaction(hash, seen));
        }

        @Override
        public Verdict<Optional<Created>> judge(Optional<Created> created, Throwable error) {
            if (closed) {
                return new Verdict.Failed<>(new CrynuxShutdownException("The client stopped during " + what()));
            }
            if (error == null && created.isPresent()) {
                return new Verdict.Done<>(created);
            }
            return error == null || error instanceof IOException
                    ? new Verdict.Again<>(
                            policy,
                            error == null ? "it is not mined" : error.toString(),
                            Duration.ZERO,
                            overdue(hash, error))
                    : new Verdict.Failed<>(error);
        }
    }

    private CompletableFuture<Optional<Created>> judgeTransaction(String hash, Optional<SeenTransaction> seen) {
        if (seen.isEmpty() || seen.get().receipt() == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        SeenTransaction transaction = seen.get();
        Optional<ContractEvent.Pending> pending = transaction.receipt().created(transaction.from());
        if (pending.isPresent()) {
            return CompletableFuture.completedFuture(Optional.of(new Created(transaction, pending.get())));
        }
        // Users may pay again after a failure, so it is reported only when its block is final.
        return finals.isFinal(transaction.receipt().block())
                .thenCompose(isFinal -> isFinal
                        ? failed(hash, transaction)
                        : CompletableFuture.completedFuture(Optional.<Created>empty()));
    }

    private CompletableFuture<Optional<Created>> failed(String hash, SeenTransaction transaction) {
        if (transaction.receipt().succeeded()) {
            throw new InvalidTaskException("Transaction " + hash + " did not create a task of the contract "
                    + contract.address() + "; it was sent to " + transaction.to()
                    + ". Use the hash of a createTask transaction on this network");
        }
        return contract.revertReason(transaction).thenApply(reason -> {
            throw new TransactionRevertedException(
                    "The contract reverted transaction " + hash + ": " + reason.orElse("it gave no reason")
                            + ". The fee of " + TaskFacts.cnx(transaction.value()) + " was not spent; the gas was",
                    new TaskFacts(null, hash, transaction.value(), null),
                    reason.orElse(null));
        });
    }

    private static TransactionTimeoutException overdue(String hash, Throwable failure) {
        return new TransactionTimeoutException(
                "Transaction " + hash + " is not mined on this chain. It may still be mined"
                        + (failure == null ? "" : ". The last check failed: " + failure.getMessage())
                        + ". Check the hash, and that the transaction was sent on this chain",
                new TaskFacts(null, hash, null, null));
    }
}
