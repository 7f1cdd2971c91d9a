// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.event.EventStream;
import io.crynux.client.event.EventSubscription;
import io.crynux.client.event.TaskEvent;
import io.crynux.client.observe.ChainIdentity;
import io.crynux.client.observe.ClientStatus;
import io.crynux.client.operation.TaskOperations;
import io.crynux.client.task.TaskResult;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;

/** What a client offers in addition to running tasks. A service that the network lacks fails by its name. */
interface NetworkServices {

    /** See {@link CrynuxClient#connectChain}. */
    CompletableFuture<ChainIdentity> connectChain();

    /** See {@link CrynuxClient#events}. */
    CompletableFuture<EventStream> events(EventSubscription subscription);

    /** See {@link CrynuxClient#result}. */
    CompletableFuture<TaskResult> result(TaskEvent success, long maxBytes, long spoolThreshold);

    /** See {@link CrynuxClient#balance}. */
    CompletableFuture<BigInteger> balance();

    /** See {@link CrynuxClient#tasks}. */
    TaskOperations tasks();

    /** See {@link CrynuxClient#status}. */
    ClientStatus status();

    /** Ends what is open; called once. */
    void close();
}
