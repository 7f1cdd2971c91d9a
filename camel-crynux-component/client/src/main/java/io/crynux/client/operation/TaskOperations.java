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
 * What can be done with tasks that exist, whoever paid for them. Every future fails with a {@link CrynuxException}; nothing
 * here pays for a task, and only {@link #cancel} sends a transaction.
 */
public interface TaskOperations {

    /**
     * How a task is now, by the contract and its events of the last 100,000 blocks; for one of the wallet's own also by the
     * Relay. Needs neither wallet nor Relay.
     */
    CompletableFuture<TaskStatus> status(BigInteger taskId);

    /**
     * Downloads the result of a task of the wallet's, also of one that another program created. Fails with a
     * {@link io.crynux.client.error.ResultUnavailableException} while there is none, with a
     * {@link io.crynux.client.error.TaskAbortedException} where there will be none, and with an {@link InvalidTaskException}
     * for tasks of others.
     */
    CompletableFuture<TaskResult> result(BigInteger taskId, OperationSettings settings);

    /**
     * Sends cancelTask, once a call has shown that the contract would take it: for a task that waits in the queue, whoever
     * created it, or for one of the wallet's own whose deadline has passed. A refund goes to the task's creator. Fails with a
     * {@link io.crynux.client.error.CancelRefusedException} otherwise, with nothing signed.
     *
     * @param waitFor {@link WaitFor#CREATED}: until the transaction is sent; else until the task is cancelled for good
     */
    CompletableFuture<CancelledTask> cancel(BigInteger taskId, WaitFor waitFor, OperationSettings settings);

    /**
     * Goes on with a task that exists, and pays nothing. One of the wallet's own is uploaded, waited for and downloaded as if
     * it had been submitted here. One of another wallet can only be watched: the Relay takes the creator's signature and no
     * other.
     */
    CompletableFuture<Resumed> resume(Resumption wanted);

    /** Checks a task and makes the transaction that would create it, for a wallet elsewhere. Signs and sends nothing. */
    CompletableFuture<PreparedTask> prepare(TaskRequest request);

    /** How many nodes and tasks there are; see {@link NetworkStatistics}. */
    CompletableFuture<NetworkStatistics> statistics();

    /** The most that a createTask can cost in gas now, in wei: the gas limit at the price that the node suggests. */
    CompletableFuture<BigInteger> mostGasCost();

    /** How far a task has come that was taken up. */
    sealed interface Resumed {

        /** A task of the client's wallet: the client went on with it. */
        record Own(TaskResult result) implements Resumed {}

        /** A task of another wallet: the client could only watch it. */
        record Watched(WatchedTask task) implements Resumed {}
    }
}
