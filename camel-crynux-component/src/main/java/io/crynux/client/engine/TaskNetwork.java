// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.spool.Content;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The steps of a protocol, for one creator. No call blocks. */
public interface TaskNetwork {

    /** The chain that the tasks live on. */
    record Identity(long chainId, String genesisHash) {}

    /** The address that pays, lower-case. */
    String creator();

    /**
     * Makes sure that the network is the one that was configured, and begins to tell events.
     *
     * @param events called for one event after the other
     */
    CompletableFuture<Identity> connect(Consumer<NetworkEvent> events);

    /**
     * Signs and sends the payment of a task. The future completes when the payment may be known to the network; it fails
     * with a {@link io.crynux.client.error.CrynuxException} only when it is certain that this task was not paid.
     *
     * @param beforeSend is given the payment before it leaves, which it does when the stage has completed
     */
    CompletableFuture<Void> pay(TaskOrder order, Function<Payment, CompletionStage<Void>> beforeSend);

    /** Sends a payment again, the same bytes. */
    CompletableFuture<Void> resend(Payment payment);

    /** Begins or stops to look whether a payment's nonce was used although it made no task. */
    void watch(Payment payment, boolean wanted);

    /** Hands over the parameters; retries until it is done, refused, or its future is cancelled. */
    CompletableFuture<Void> upload(BigInteger taskId, TaskOrder order);

    /** Downloads one file of the result, which is the caller's to close; retries likewise. */
    CompletableFuture<Content> download(BigInteger taskId, int number, TaskOrder order);

    /** Stops to tell events. */
    void disconnect();
}
