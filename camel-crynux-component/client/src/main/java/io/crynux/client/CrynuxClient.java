// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.internal.event.EventStreams;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.operation.ClientOperations;
import io.crynux.client.internal.protocol.chain.EventResults;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on a Crynux network.
 *
 * <pre>{@code
 * try (CrynuxClient client = CrynuxClient.builder().rpcUrl(rpc).relayUrl(relay).contractAddress(contract)
 *         .signer(Wallets.ofPrivateKey(key)).build()) {
 *     TaskParameters lighthouse = SdParameters.builder("a lighthouse at dawn").build();
 *     TaskResult result = client.submit(TaskRequest.builder(lighthouse).fee("30").build()).get();
 *     Files.write(Path.of("lighthouse.png"), result.images().get(0).bytes());
 * }
 * }</pre>
 *
 * <p>Thread-safe. One client is enough for any number of tasks; it holds no thread while they run.
 */
public final class CrynuxClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CrynuxClient.class);
    private static final long CLOSE_SECONDS = 10;

    private final ChainReader reader;
    private final String address;
    private final TaskEngine engine;
    private final OrderFactory orders;
    private final ClientOperations operations;
    private final EventStreams streams;
    private final EventResults results;
    private final ClientStatus status;
    private final Runnable closeOwned;
    private CompletableFuture<Void> connected;
    private volatile boolean closed;

    /**
     * @param results null where there is no Relay or no wallet
     * @param address of the wallet, lower-case; null where there is none
     * @param engine null where there is no Relay or no wallet
     * @param operations made once the rest is there
     */
    CrynuxClient(
            ChainReader reader,
            EventStreams streams,
            EventResults results,
            String address,
            TaskEngine engine,
            Function<CrynuxClient, ClientOperations> operations,
            ClientStatus status,
            Runnable closeOwned) {
        this.status = status;
        this.reader = reader;
        this.streams = streams;
        this.results = results;
        this.address = address;
        this.engine = engine;
        this.orders = new OrderFactory(address);
        this.closeOwned = closeOwned;
        this.operations = operations.apply(this);
    }

    public static CrynuxClientBuilder builder() {
        return new CrynuxClientBuilder();
    }

    /**
     * Checks that the network answers and is the one that was configured: chain id, contract, Relay. {@link #submit} does it
     * too; call it to hear of mistakes early. After a failure the next call tries again.
     *
     * @return fails with a {@link NetworkException} that names the setting to correct
     */
    public synchronized CompletableFuture<Void> connect() {
        if (engine == null) {
            return cannotRunTasks();
        }
        if (connected == null || connected.isCompletedExceptionally()) {
            connected = engine.start();
        }
        return connected.copy();
    }

    /**
     * Runs a task.
     *
     * @return completes when the task has come as far as the request waits for, on a thread of the client's executor; fails
     *     with a {@link CrynuxException}, of which {@link InvalidTaskException} and
     *     {@link NetworkException} say that nothing was signed. Cancelling it changes nothing in the
     *     network
     */
    public CompletableFuture<TaskResult> submit(TaskRequest request) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new CrynuxShutdownException("The client is closed; nothing was signed"));
        }
        Submission submission;
        try {
            // In the calling thread, so that submissions keep their order.
            submission = orders.submission(request);
        } catch (CrynuxException e) {
            return CompletableFuture.failedFuture(e);
        }
        return engine == null ? cannotRunTasks() : engine.submit(submission, connect());
    }

    private <T> CompletableFuture<T> cannotRunTasks() {
        return CompletableFuture.failedFuture(new NetworkException((address == null ? "signer" : "relayUrl")
                + " is missing: this client can read, and cannot run tasks. Build it with both"));
    }

    /** Signs nothing any more, and refuses further submissions; what is paid goes on until {@link #close()}. */
    public void stopSigning() {
        if (engine != null) {
            engine.stopSigning();
        }
    }

    /**
     * Checks that the chain answers and is the one that was configured, and begins to follow it. Needs no wallet and no Relay.
     *
     * @return fails with a {@link NetworkException} that names the setting to correct
     */
    public CompletableFuture<ChainIdentity> connectChain() {
        return reader.connect().thenCompose(identity -> reader.follow().thenApply(newest -> identity));
    }

    /**
     * Begins to tell the contract's events. Needs no wallet and no Relay.
     *
     * @return the caller's to close; fails with a {@link NetworkException} when the chain cannot be used
     */
    public CompletableFuture<EventStream> events(EventSubscription subscription) {
        return streams.open(subscription);
    }

    /**
     * Downloads the result of an own task of whose TaskSuccess an event has told; tries until it is there. Cancelling the
     * future ends that.
     *
     * @param maxBytes the longest file that is taken
     * @param spoolThreshold the longest file that is kept in memory, in bytes
     * @return its files are the caller's to close; fails with a {@link CrynuxException} when the Relay refuses it for good
     * @throws IllegalStateException for a client without Relay or wallet
     */
    public CompletableFuture<TaskResult> result(TaskEvent success, long maxBytes, long spoolThreshold) {
        if (results == null) {
            throw new IllegalStateException("Results need relayUrl, and the signer that created the tasks");
        }
        return results.of(success, maxBytes, spoolThreshold);
    }

    /**
     * Whether a submission waits, or has waited, for the outcome of a task that is not final yet. Events of it are no news
     * to whoever submitted it.
     */
    public boolean isAwaited(BigInteger taskId) {
        return engine != null && engine.isAwaited(taskId);
    }

    /** What can be done with tasks that exist, whoever paid for them. */
    public TaskOperations tasks() {
        return operations;
    }

    /** How this client and its network are, for who watches over them. */
    public ClientStatus status() {
        return status;
    }

    /** How many nodes and tasks there are, by Relay and contract. Needs no wallet, and without a Relay has the contract's part. */
    public CompletableFuture<NetworkStatistics> network() {
        return operations.statistics();
    }

    /**
     * The wallet's balance in wei.
     *
     * @return fails with a {@link NetworkException} when there is no wallet, or the chain does not answer
     */
    public CompletableFuture<BigInteger> balance() {
        if (address == null) {
            return CompletableFuture.failedFuture(
                    new NetworkException("signer is missing: this client has no wallet whose balance could be read"));
        }
        return connectChain().thenCompose(ready -> reader.balance(address)).exceptionallyCompose(error -> {
            Throwable cause = Futures.cause(error);
            return CompletableFuture.failedFuture(
                    cause instanceof CrynuxException
                            ? cause
                            : new NetworkException(
                                    "The balance of " + address + " cannot be read: " + cause.getMessage(), cause));
        });
    }

    /** A valid order of a request. */
    TaskOrder order(TaskRequest request) {
        return orders.checked(request);
    }

    /** The wallet's address, lower-case; empty for a client without one. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /**
     * Ends all submissions with a {@link io.crynux.client.error.CrynuxShutdownException}; what was paid goes on in the
     * network. Threads that the client made end; those that it was given stay. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        operations.close();
        reader.close();
        if (engine == null) {
            closeOwned.run();
            return;
        }
        try {
            engine.close().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "Closing did not end all that was under way, as something that the client called does not return",
                    e);
        } finally {
            engine.abandon();
            closeOwned.run();
        }
    }
}
