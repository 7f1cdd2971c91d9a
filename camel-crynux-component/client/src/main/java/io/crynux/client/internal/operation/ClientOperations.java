// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.operation;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.engine.KnownTasks;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.evm.ChainSettings;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.finality.FinalBlocks;
import io.crynux.client.internal.protocol.chain.ChainProtocol;
import io.crynux.client.internal.protocol.chain.ContractReader;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayStatistics;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.operation.CancelledTask;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.operation.PreparedTask;
import io.crynux.client.operation.Resumption;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.operation.TaskOperations.Resumed;
import io.crynux.client.operation.TaskStatus;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The operations of a client; failures become the client's own exceptions. */
public final class ClientOperations implements TaskOperations {
    /** Ids are uint256. */
    private static final int MOST_BITS = 256;

    private static final Pattern ID = Pattern.compile("[0-9]{1,78}");
    private static final int LONGEST_SHOWN = 80;
    /** Grace after the timeout, because the operation's own timeout has the better message. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Pending operations, each under a key of its own. */
    private final Map<Object, CompletableFuture<?>> pending = new ConcurrentHashMap<>();

    private final Parts parts;
    private final ContractReader contract;
    private final StatusReader status;
    private final ResultReader results;
    private final TaskCanceller canceller;
    private final TransactionSearch transactions;
    private final TaskResumer resumer;
    private final StatisticsReader statistics;
    private volatile boolean closed;

    /**
     * What a client is made of.
     *
     * @param wallet address, lower-case; null without one
     * @param relay null without a wallet or a Relay
     * @param statistics null without a Relay
     * @param engine null without a wallet or a Relay
     * @param protocol likewise
     * @param finality from when on a block stays
     * @param connectChain completes when the chain can be read
     * @param connect completes when tasks can be run
     * @param orders makes a valid order of a request
     */
    public record Parts(
            ChainReader reader,
            ChainSettings settings,
            String wallet,
            RelayClient relay,
            RelayStatistics statistics,
            TaskEngine engine,
            ChainProtocol protocol,
            Finality finality,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler,
            Supplier<CompletableFuture<ChainIdentity>> connectChain,
            Supplier<CompletableFuture<Void>> connect,
            Function<TaskRequest, TaskOrder> orders) {}

    public ClientOperations(Parts parts) {
        this.parts = parts;
        this.contract = new ContractReader(parts.reader(), parts.settings());
        TaskHistory histories = new TaskHistory(parts.reader());
        KnownTasks known = parts.engine() == null ? null : new KnownTasks(parts.engine());
        RelayClient relay = parts.relay();
        this.status = new StatusReader(contract, histories, relay, known, parts.wallet());
        this.results = new ResultReader(contract, histories, relay, known, parts.wallet(), parts.scheduler());
        this.canceller = new TaskCanceller(contract, histories, parts.protocol(), parts.wallet(), parts.clock());
        this.statistics = new StatisticsReader(contract, parts.statistics());
        FinalBlocks finals = new FinalBlocks(
                parts.finality(),
                () -> parts.reader().recent().head(),
                parts.reader()::stillFor,
                tag -> contract.numberOf(tag.text()));
        this.transactions = new TransactionSearch(contract, finals, parts.executor(), parts.scheduler());
        this.resumer = new TaskResumer(
                histories,
                transactions,
                new TaskWatch(parts.reader(), histories, finals, parts.executor(), parts.scheduler()),
                relay == null ? null : new OwnTaskFinder(histories, relay, parts.clock()),
                known,
                parts.protocol(),
                parts.wallet());
    }

    @Override
    public CompletableFuture<TaskStatus> status(String taskId) {
        return withId(taskId, id -> connectedChain().thenCompose(ready -> status.of(id)));
    }

    @Override
    public CompletableFuture<TaskResult> result(String taskId, OperationSettings settings) {
        return inTime(
                settings.timeout(), withId(taskId, id -> connected().thenCompose(ready -> results.of(id, settings))));
    }

    @Override
    public CompletableFuture<CancelledTask> cancel(String taskId, WaitFor waitFor, OperationSettings settings) {
        return inTime(settings.timeout(), withId(taskId, id -> connected()
                .thenCompose(ready -> canceller.cancel(id, waitFor, settings))));
    }

    @Override
    public CompletableFuture<Resumed> resume(Resumption wanted) {
        Supplier<CompletableFuture<Resumed>> operation = () ->
                (parts.engine() == null ? connectedChain() : connected()).thenCompose(ready -> resumer.resume(wanted));
        return inTime(
                wanted.settings().timeout(),
                wanted.taskId() == null ? start(operation) : withId(wanted.taskId(), id -> operation.get()));
    }

    @Override
    public CompletableFuture<PreparedTask> prepare(TaskRequest request) {
        return start(() -> {
            TaskOrder order = parts.orders().apply(request);
            return parts.reader().connect().thenCompose(identity -> contract.createTask(order)
                    .thenApply(data -> new PreparedTask(
                            order.kind(),
                            order.taskHash(),
                            order.parametersJson(),
                            parts.reader().contract(),
                            data,
                            order.feeWei(),
                            identity.chainId(),
                            parts.settings().gas().gasLimit())));
        });
    }

    @Override
    public CompletableFuture<NetworkStatistics> statistics() {
        return start(() -> connectedChain().thenCompose(ready -> statistics.read()));
    }

    @Override
    public CompletableFuture<BigInteger> mostGasCost() {
        return start(() -> connectedChain()
                .thenCompose(ready -> contract.gasPrice())
                .thenApply(price -> price.multiply(parts.settings().gas().gasLimit())));
    }

    private CompletableFuture<Void> connectedChain() {
        return parts.connectChain().get().thenApply(identity -> null);
    }

    /** Also follows the chain, which shows the outcome of a task even if the client polls for its own tasks. */
    private CompletableFuture<Void> connected() {
        return parts.connect().get().thenCompose(ready -> connectedChain());
    }

    private <T> CompletableFuture<T> withId(String taskId, Function<BigInteger, CompletableFuture<T>> operation) {
        BigInteger id = ID.matcher(taskId).matches() ? new BigInteger(taskId) : null;
        if (id == null || id.bitLength() > MOST_BITS) {
            return CompletableFuture.failedFuture(
                    new InvalidTaskException("'" + ForeignText.shown(taskId, LONGEST_SHOWN)
                            + "' is not a task id; ids are whole numbers, 1 or more"));
        }
        return start(() -> operation.apply(id));
    }

    /** Ends an operation whose own timeout did not, for example because a call of the client does not return. */
    private <T> CompletableFuture<T> inTime(Duration timeout, CompletableFuture<T> future) {
        if (!future.isDone()) {
            ScheduledFuture<?> check = parts.scheduler()
                    .schedule(
                            () -> future.completeExceptionally(new TaskTimeoutException(
                                    "The operation timed out, because a call to the node, the Relay, the journal or the"
                                            + " signer has not returned. A cancelTask may have been sent; nothing else was paid",
                                    TaskFacts.NONE)),
                            timeout.plus(GRACE).toMillis(),
                            TimeUnit.MILLISECONDS);
            future.whenComplete((done, error) -> check.cancel(false));
        }
        return future;
    }

    /** Starts an operation; failures become the client's own exceptions, and closing the client ends the operation. */
    private <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> operation) {
        CompletableFuture<T> future = (closed
                        ? CompletableFuture.<T>failedFuture(shutdown())
                        : Futures.start(operation))
                .exceptionallyCompose(error -> CompletableFuture.failedFuture(asClientException(error)));
        Object key = new Object();
        pending.put(key, future);
        future.whenComplete((done, error) -> pending.remove(key));
        if (closed) {
            future.completeExceptionally(shutdown());
        }
        return future;
    }

    /** Ends every operation with a {@link CrynuxShutdownException}; tasks go on in the network. */
    public void close() {
        closed = true;
        transactions.close();
        List.copyOf(pending.values()).forEach(future -> future.completeExceptionally(shutdown()));
    }

    private static CrynuxShutdownException shutdown() {
        return new CrynuxShutdownException(
                "The client is closed. The network continues with the task; a cancelTask that was sent may still be mined");
    }

    private static CrynuxException asClientException(Throwable error) {
        Throwable cause = Futures.cause(error);
        if (cause instanceof CrynuxException known) {
            return known;
        }
        return cause instanceof IOException
                ? new NetworkException(cause.getMessage(), cause)
                : new CrynuxException("The operation failed: " + cause, cause);
    }
}
