// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** What tasks need of the classic network, its chain and its Relay, for one creator. No call blocks. */
public interface ClassicNetwork {

    /** The address that pays, lower-case. */
    String creator();

    /** Makes sure that the network is the one that was configured. */
    CompletableFuture<NetworkIdentity> connect();

    /** The number of the newest block that the network itself calls so; fails when it does not know the word, or does not answer. */
    CompletableFuture<BigInteger> numberOf(Finality.Tag tag);

    /**
     * Begins to tell events. The future completes when those of all blocks up to the newest have been told, with that block.
     *
     * @param after the block after which they are wanted; null for the newest
     * @param listener called for one event after the other
     */
    CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> listener);

    /**
     * Signs and sends the payment of a task. The future completes when the payment has left, be it that it was refused; it
     * fails with a {@link io.crynux.client.error.CrynuxException} only when it has not, which is a
     * {@link io.crynux.client.error.NetworkException} when nothing was signed for a reason that may pass.
     *
     * @param only the one nonce that the payment may have, since one with that nonce was refused for the same task; null for
     *     any
     * @param beforeSign receives what the payment takes out of the wallet at most, in wei; nothing is signed when it throws
     * @param beforeSend is given the payment before it leaves, which it does when the stage has completed
     */
    CompletableFuture<SendOutcome> pay(
            TaskOrder order,
            BigInteger only,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend);

    /** Sends a payment again, the same bytes. */
    CompletableFuture<Void> resend(Payment payment);

    /**
     * Signs and sends another variant of a payment that is in no block, with the same nonce and a higher price. The
     * future's value is false when it made none, because that would be of no use or cost too much; it fails when it could
     * not make one. Neither changes anything about the variants that were sent.
     *
     * @param variants every variant so far
     * @param beforeSign receives what this one takes out of the wallet at most, in wei; nothing is signed when it throws
     * @param beforeSend is given the variant before it leaves, which it does when the stage has completed
     */
    CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend);

    /**
     * Begins or stops to look whether the nonce of a payment was used although it made no task. Also tells the network
     * that the nonce is taken, so that payments that an earlier process signed are to be watched before others are made.
     *
     * @param variants every variant so far; a receipt of any of them counts
     */
    void watch(List<Payment> variants, boolean wanted);

    /** Looks likewise for a payment that was refused: its nonce counts as free, and the next payment takes it. */
    void watchRefused(List<Payment> variants);

    /** Hands over the parameters; retries until it is done, refused, or its future is cancelled. */
    CompletableFuture<Void> upload(BigInteger taskId, TaskOrder order);

    /** Downloads one file of the result, which is the caller's to close; retries likewise. */
    CompletableFuture<Content> download(BigInteger taskId, int number, TaskOrder order);

    /**
     * Cancels a task as soon as the network allows it, and completes when the transaction has left, be it that it was refused;
     * its outcome is an event. Fails when nothing has left, as when the task cannot be cancelled any more. Cancelling the
     * future ends the tries.
     *
     * @param beforeSign receives what the transaction takes out of the wallet at most, in wei; nothing is signed when it throws
     * @param beforeSend is given the transaction before it leaves, which it does when the stage has completed
     */
    CompletableFuture<SendOutcome> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend);

    /**
     * Sends a transaction of no value with the lowest nonce that holds up the creator's payments; see {@link #missingNonce}.
     * Completes when it has left, with null where there is no such nonce or the network counts a transaction with it; its
     * outcome is an event. Fails when nothing has left.
     *
     * @param beforeSign see {@link #cancel}
     * @param beforeSend see there
     */
    CompletableFuture<SendOutcome> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend);

    /** What provably came back of the fee of a task that was aborted, in wei; empty where it cannot be proven. */
    CompletableFuture<Optional<BigInteger>> refundOf(ChainRecord task, BlockRef abortedIn);

    /** What a payment that is in a block cost in gas, in wei. */
    CompletableFuture<BigInteger> gasPaid(String transactionHash);

    /** How many of the creator's payments are in no block, as far as is known; called on any thread. */
    int pendingPayments();

    /** Since when the first of these is on its way, as far as this process knows; null when there is none. */
    Instant pendingSince();

    /**
     * A nonce that holds up the creator's payments, since the chain expects it and none of them has it; null when none does.
     * Called on any thread.
     */
    BigInteger missingNonce();

    /** What the network said against a payment with that nonce when it was sent; null where nothing. */
    String objectionTo(BigInteger nonce);

    /** Events of a task are wanted whose creation this process has not seen. */
    void track(BigInteger taskId, BlockRef createdIn);

    /** Stops to tell events. */
    void disconnect();
}
