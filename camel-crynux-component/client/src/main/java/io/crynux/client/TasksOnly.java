// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.NetworkException;
import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.internal.engine.TaskEngine;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.operation.CancelledTask;
import io.crynux.client.operation.NetworkStatistics;
import io.crynux.client.operation.PreparedTask;
import io.crynux.client.operation.Resumption;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.operation.TaskStatus;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The services of a protocol that runs tasks and offers nothing else. */
class TasksOnly implements NetworkServices, TaskOperations, ClientStatus {
    private final TaskEngine engine;

    TasksOnly(TaskEngine engine) {
        this.engine = engine;
    }

    private static <T> CompletableFuture<T> lacks(String service) {
        return CompletableFuture.failedFuture(
                new NetworkException("The protocol of this network has no " + service + ". Nothing was signed"));
    }

    @Override
    public CompletableFuture<ChainIdentity> connectChain() {
        return lacks("chain");
    }

    @Override
    public CompletableFuture<EventStream> events(EventSubscription subscription) {
        return lacks("events");
    }

    @Override
    public CompletableFuture<TaskResult> result(TaskEvent success, long maxBytes, long spoolThreshold) {
        return lacks("events whose results can be downloaded");
    }

    @Override
    public CompletableFuture<BigInteger> balance() {
        return lacks("balance");
    }

    @Override
    public TaskOperations tasks() {
        return this;
    }

    @Override
    public CompletableFuture<TaskStatus> status(String taskId) {
        return lacks("operation that reads the status of a task");
    }

    @Override
    public CompletableFuture<TaskResult> result(String taskId, OperationSettings settings) {
        return lacks("operation that downloads the result of a task");
    }

    @Override
    public CompletableFuture<CancelledTask> cancel(String taskId, WaitFor waitFor, OperationSettings settings) {
        return lacks("operation that cancels a task");
    }

    @Override
    public CompletableFuture<Resumed> resume(Resumption resumption) {
        return lacks("operation that resumes a task");
    }

    @Override
    public CompletableFuture<PreparedTask> prepare(TaskRequest request) {
        return lacks("transactions that another wallet can sign");
    }

    @Override
    public CompletableFuture<NetworkStatistics> statistics() {
        return lacks("statistics");
    }

    @Override
    public CompletableFuture<BigInteger> mostGasCost() {
        return lacks("gas");
    }

    @Override
    public ClientStatus status() {
        return this;
    }

    @Override
    public ChainStatus chain() {
        return ChainStatus.NOT_FOLLOWED;
    }

    @Override
    public Optional<String> unreadable() {
        return Optional.empty();
    }

    @Override
    public ClientLoad load() {
        TaskEngine.Load load = engine.load();
        return new ClientLoad(load.inFlight(), load.unstarted(), load.waiting(), 0, null, null);
    }

    @Override
    public boolean canRunTasks() {
        return true;
    }

    @Override
    public boolean hasRelay() {
        return false;
    }

    @Override
    public CompletableFuture<BigInteger> newestBlock() {
        return lacks("blocks");
    }

    @Override
    public CompletableFuture<Duration> relayClock() {
        return lacks("Relay");
    }

    @Override
    public CompletableFuture<WalletStatus> wallet() {
        return lacks("balance");
    }

    @Override
    public CompletableFuture<Boolean> journal() {
        return engine.checkJournal();
    }

    /** Nothing is open but the engine, which its client closes. */
    @Override
    public void close() {}
}
