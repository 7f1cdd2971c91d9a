// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.internal.engine.TaskEngine;
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
 * Network network = ChainNetwork.builder().rpcUrl(rpc).relayUrl(relay).contractAddress(contract).build();
 * try (CrynuxClient client = CrynuxClient.builder().network(network).signer(Wallets.ofPrivateKey(key)).build()) {
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

    private final String address;
    private final TaskEngine engine;
    private final SubmissionFactory submissions;
    private final NetworkServices services;
    private final Runnable closeOwned;
    private CompletableFuture<Void> connected;
    private volatile boolean closed;

    /**
     * @param address address of the wallet, in lower case; null without a wallet
     * @param engine null without a Relay or a wallet
     * @param submissions turns requests into submissions
     * @param services creates the services of the finished client
     */
    CrynuxClient(
            String address,
            TaskEngine engine,
            SubmissionFactory submissions,
            Function<CrynuxClient, NetworkServices> services,
            Runnable closeOwned) {
        this.address = address;
        this.engine = engine;
        this.submissions = submissions;
        this.closeOwned = closeOwned;
        this.services = services.apply(this);
    }

    public static CrynuxClientBuilder builder() {
        return new CrynuxClientBuilder();
    }

    /**
     * Checks that the network answers and is the configured one: chain id, contract, Relay. {@link #submit} does the same; call
     * this method to find mistakes early. After a failure the next call tries again.
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
     * @return completes when the task has reached the state that the request waits for, on a thread of the client's executor;
     *     fails with a {@link CrynuxException}. After an {@link InvalidTaskException} or a {@link NetworkException} nothing was
     *     signed. Cancelling the future does not cancel the task
     */
    public CompletableFuture<TaskResult> submit(TaskRequest request) {
        if (closed) {
            return CompletableFuture.failedFuture(
                    new CrynuxShutdownException("The client is closed; nothing was signed"));
        }
        Submission submission;
        try {
            // In the calling thread, so that submissions keep their order.
            submission = submissions.submission(request);
        } catch (CrynuxException e) {
            return CompletableFuture.failedFuture(e);
        }
        return engine == null ? cannotRunTasks() : engine.submit(submission, connect());
    }

    private <T> CompletableFuture<T> cannotRunTasks() {
        return CompletableFuture.failedFuture(new NetworkException((address == null ? "signer" : "relayUrl")
                + " is missing: the client can read the chain but cannot run tasks. Set both signer and relayUrl"));
    }

    /** Stops signing payments and rejects further submissions; paid tasks continue until {@link #close()}. */
    public void stopSigning() {
        if (engine != null) {
            engine.stopSigning();
        }
    }

    /**
     * Checks that the chain answers and is the configured one, and starts to follow it. Needs no wallet and no Relay.
     *
     * @return fails with a {@link NetworkException} that names the setting to correct
     */
    public CompletableFuture<ChainIdentity> connectChain() {
        return services.connectChain();
    }

    /**
     * Opens a stream of the contract's events. Needs no wallet and no Relay.
     *
     * @return a stream that the caller closes; fails with a {@link NetworkException} if the chain cannot be used
     */
    public CompletableFuture<EventStream> events(EventSubscription subscription) {
        return services.events(subscription);
    }

    /**
     * Downloads the result of a task of this wallet after its TaskSuccess event, and retries until the result is available.
     * Cancelling the future stops the retries.
     *
     * @param maxBytes maximum size of a result file, in bytes
     * @param spoolThreshold maximum size of a result file in memory, in bytes; larger files go to a temporary file
     * @return a result whose files the caller closes; fails with a {@link CrynuxException} if the Relay rejects the request
     * @throws IllegalStateException if the client has no Relay or no wallet
     */
    public CompletableFuture<TaskResult> result(TaskEvent success, long maxBytes, long spoolThreshold) {
        return services.result(success, maxBytes, spoolThreshold);
    }

    /**
     * Whether a submission waits, or has waited, for the outcome of the task, which is not final yet. Consumers of events can
     * skip such tasks, because their submitters get the outcome anyway.
     */
    public boolean isAwaited(String taskId) {
        return engine != null && engine.isAwaited(taskId);
    }

    /** Operations on existing tasks of any wallet. */
    public TaskOperations tasks() {
        return services.tasks();
    }

    /** The state of this client and of its network, for health checks and metrics. */
    public ClientStatus status() {
        return services.status();
    }

    /** Numbers of nodes and tasks by Relay and contract. Needs no wallet; without a Relay only the contract's numbers. */
    public CompletableFuture<NetworkStatistics> network() {
        return services.tasks().statistics();
    }

    /**
     * The wallet's balance in wei.
     *
     * @return fails with a {@link NetworkException} if there is no wallet, or the chain does not answer
     */
    public CompletableFuture<BigInteger> balance() {
        return services.balance();
    }

    /** Validates a request and turns it into an order. */
    TaskOrder order(TaskRequest request) {
        return submissions.submission(request).order();
    }

    /** The wallet's address, lower-case; empty for a client without one. */
    public Optional<String> address() {
        return Optional.ofNullable(address);
    }

    /**
     * Ends all submissions with a {@link io.crynux.client.error.CrynuxShutdownException}; the network continues with paid
     * tasks. Stops the client's own threads, not executors from outside. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        services.close();
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
                    "Closing the client timed out, because a call to the journal, the signer, the observer or an executor has not returned",
                    e);
        } finally {
            engine.abandon();
            closeOwned.run();
        }
    }
}
