// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.event.EventStreams;
import io.crynux.client.internal.evm.follow.ChainReader;
import io.crynux.client.internal.operation.ClientOperations;
import io.crynux.client.internal.protocol.chain.EventResults;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/** The services of a chain with its contract and Relay. */
final class ChainServices implements NetworkServices {
    private final ChainReader reader;
    private final EventStreams streams;
    private final EventResults results;
    private final String address;
    private final ClientOperations operations;
    private final ClientStatus status;

    /**
     * @param results null without a Relay or a wallet
     * @param address address of the wallet, in lower case; null without a wallet
     */
    ChainServices(
            ChainReader reader,
            EventStreams streams,
            EventResults results,
            String address,
            ClientOperations operations,
            ClientStatus status) {
        this.reader = reader;
        this.streams = streams;
        this.results = results;
        this.address = address;
        this.operations = operations;
        this.status = status;
    }

    /** Makes sure that the chain is the configured one, and follows it. */
    static CompletableFuture<ChainIdentity> connect(ChainReader reader) {
        return reader.connect().thenCompose(identity -> reader.follow().thenApply(newest -> identity));
    }

    @Override
    public CompletableFuture<ChainIdentity> connectChain() {
        return connect(reader);
    }

    @Override
    public CompletableFuture<EventStream> events(EventSubscription subscription) {
        return streams.open(subscription);
    }

    @Override
    public CompletableFuture<TaskResult> result(TaskEvent success, long maxBytes, long spoolThreshold) {
        if (results == null) {
            throw new IllegalStateException("Results need relayUrl and the signer that created the tasks");
        }
        return results.of(success, maxBytes, spoolThreshold);
    }

    @Override
    public CompletableFuture<BigInteger> balance() {
        if (address == null) {
            return CompletableFuture.failedFuture(
                    new NetworkException("signer is missing: the client has no wallet and cannot read a balance"));
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

    @Override
    public TaskOperations tasks() {
        return operations;
    }

    @Override
    public ClientStatus status() {
        return status;
    }

    @Override
    public void close() {
        operations.close();
        reader.close();
    }
}
