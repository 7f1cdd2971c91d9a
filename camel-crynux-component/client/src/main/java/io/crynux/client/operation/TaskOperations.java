// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.settings.OperationSettings;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/**
 * Operations on existing tasks of any wallet. Futures fail with a {@link CrynuxException}. No operation pays for a task, and
 * only {@link #cancel} sends a transaction.
 */
public interface TaskOperations {

    /**
     * The current status of a task by the contract and its events of the last 100,000 blocks; for the wallet's own tasks also
     * by the Relay. Needs neither wallet nor Relay.
     */
    CompletableFuture<TaskStatus> status(String taskId);

    /**
     * Downloads the result of a task of this wallet, even if another program created it. Fails with a
     * {@link io.crynux.client.error.ResultUnavailableException} while there is no result, with a
     * {@link io.crynux.client.error.TaskAbortedException} for an aborted task, and with an {@link InvalidTaskException} for
     * tasks of other wallets.
     */
    CompletableFuture<TaskResult> result(String taskId, OperationSettings settings);

    /**
     * Sends cancelTask if a call shows that the contract accepts it: for a queued task of any wallet, or for one of this
     * wallet after its deadline. Any refund goes to the task's creator. Otherwise fails with a
     * {@link io.crynux.client.error.CancelRefusedException} and signs nothing.
     *
     * @param waitFor {@link WaitFor#CREATED} waits until the transaction is sent, every other value until the cancellation is
     *     final
     */
    CompletableFuture<CancelledTask> cancel(String taskId, WaitFor waitFor, OperationSettings settings);

    /**
     * Resumes an existing task without paying. The client uploads the parameters of this wallet's task, waits for it and
     * downloads its result as if it had been submitted here. It can only watch a task of another wallet, because the Relay
     * accepts only the creator's signature.
     */
    CompletableFuture<Resumed> resume(Resumption resumption);

    /** Validates a task and prepares its createTask transaction for another wallet. Signs and sends nothing. */
    CompletableFuture<PreparedTask> prepare(TaskRequest request);

    /** Numbers of nodes and tasks; see {@link NetworkStatistics}. */
    CompletableFuture<NetworkStatistics> statistics();

    /** The maximum gas cost of a createTask now, in wei: the gas limit times the price that the node suggests. */
    CompletableFuture<BigInteger> mostGasCost();

    /** A resumed task. */
    sealed interface Resumed {

        /** A task of the client's wallet, which the client has continued. */
        record Own(TaskResult result) implements Resumed {}

        /** A task of another wallet, which the client has only watched. */
        record Watched(WatchedTask task) implements Resumed {}
    }
}
