// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.evm.lane.PaymentRefusedException;
import io.crynux.client.internal.evm.lane.SentPayment;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.SlotTakenException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.EngineSettings.Finality;
import io.crynux.client.settings.WaitMethod;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The chain and the Relay of the classic network, for one creator. No call blocks. */
public final class ChainNetwork {
    private final TaskChain chain;
    private final RelayClient relay;
    private final ResultFetcher results;
    private final EventSource events;

    /**
     * @param waitMethod how it learns the outcome of tasks
     * @param pollInterval how often, where it asks for them
     * @param scheduler keeps the interval; not closed
     */
    public ChainNetwork(
            TaskChain chain,
            RelayClient relay,
            WaitMethod waitMethod,
            Duration pollInterval,
            ScheduledExecutorService scheduler) {
        this.chain = chain;
        this.relay = relay;
        this.results = new ResultFetcher(relay);
        this.events = waitMethod == WaitMethod.FOLLOW
                ? new FollowedEvents(chain)
                : new PolledEvents(chain, relay, pollInterval, scheduler);
    }

    /** The address that pays, lower-case. */
    public String creator() {
        return chain.creator();
    }

    /** Makes sure that the network is the one that was configured. */
    public CompletableFuture<NetworkIdentity> connect() {
        return relay.readClock()
                .exceptionally(error -> {
                    Throwable cause = Futures.cause(error);
                    throw new NetworkException(
                            "The Relay at relayUrl does not answer: " + cause
                                    + ". Check relayUrl, and that the Relay is up",
                            cause);
                })
                .thenCompose(offset -> chain.connect())
                .thenApply(identity -> identity(identity.chainId(), identity.genesisHash(), chain.contract()));
    }

    /** @param genesisHash null where the node does not have block 0 */
    private static NetworkIdentity identity(long chainId, String genesisHash, String contract) {
        return new NetworkIdentity(
                "chain",
                chainId + ":" + contract,
                genesisHash,
                "chain " + chainId + (genesisHash == null ? "" : " (genesis " + genesisHash + ")") + ", contract "
                        + contract);
    }

    /** The number of the newest block that the network itself calls so; fails when it does not know the word, or does not answer. */
    public CompletableFuture<BigInteger> numberOf(Finality.Tag tag) {
        return chain.numberOf(tag.text());
    }

    /**
     * Begins to tell events. The future completes when those of all blocks up to the newest have been told, with that block.
     *
     * @param after the block after which they are wanted; null for the newest
     * @param listener called for one event after the other
     */
    public CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> listener) {
        return events.follow(after, listener);
    }

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
    public CompletableFuture<SendOutcome> pay(
            TaskOrder order,
            BigInteger only,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        AtomicBoolean signed = new AtomicBoolean();
        return chain.pay(order, only, beforeSign, payment -> {
                    signed.set(true);
                    return beforeSend.apply(payment);
                })
                .handle((sent, error) -> {
                    if (error == null) {
                        return new SendOutcome(sent.objection() != null, null);
                    }
                    Throwable cause = Futures.cause(error);
                    if (cause instanceof PaymentRefusedException refused) {
                        return new SendOutcome(false, refusal(order, refused));
                    }
                    throw unsent(cause, signed.get());
                });
    }

    private CrynuxException refusal(TaskOrder order, PaymentRefusedException refused) {
        return refused.isInsufficientFunds()
                ? new InsufficientFundsException(
                        "The wallet " + creator() + " cannot pay the fee of " + TaskFacts.cnx(order.feeWei())
                                + " and the gas: " + refused.getMessage() + ". Nothing was spent; fund the wallet")
                : new CrynuxException(
                        "The node refused the payment: " + refused.getMessage() + ". Nothing was spent", refused);
    }

    /** Nothing has left. */
    private static CrynuxException unsent(Throwable cause, boolean signed) {
        if (cause instanceof SlotTakenException) {
            return new NetworkException(
                    "The nonce of the payment is used by another transaction: " + cause.getMessage(), cause);
        }
        if (cause instanceof CrynuxException known) {
            return known;
        }
        if (cause instanceof IOException && !signed) {
            return new NetworkException(cause.getMessage(), cause);
        }
        return new CrynuxException("The task was not paid: " + cause.getMessage() + ". Nothing was spent", cause);
    }

    /** Sends a payment again, the same bytes. */
    public CompletableFuture<Void> resend(Payment payment) {
        return chain.resend(payment);
    }

    /**
     * Signs and sends another variant of a payment that is in no block, with the same nonce and a higher price. The
     * future's value is false when it made none, because that would be of no use or cost too much; it fails when it could
     * not make one. Neither changes anything about the variants that were sent.
     *
     * @param variants every variant so far
     * @param beforeSign receives what this one takes out of the wallet at most, in wei; nothing is signed when it throws
     * @param beforeSend is given the variant before it leaves, which it does when the stage has completed
     */
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return chain.replace(variants, beforeSign, beforeSend);
    }

    /** A transaction that an earlier process signed may be in no block, so that its nonce is taken. */
    public void occupy(Payment payment) {
        chain.occupy(payment);
    }

    /**
     * Begins or stops to look whether the nonce of a payment was used although it made no task. Also tells the network
     * that the nonce is taken, so that payments that an earlier process signed are to be watched before others are made.
     *
     * @param variants every variant so far; a receipt of any of them counts
     */
    public void watch(List<Payment> variants, boolean wanted) {
        events.watch(variants, wanted);
    }

    /** Looks likewise for a payment that was refused: its nonce counts as free, and the next payment takes it. */
    public void watchRefused(List<Payment> variants) {
        events.watchRefused(variants);
    }

    /** Hands over the parameters; retries until it is done, refused, or its future is cancelled. */
    public CompletableFuture<Void> upload(BigInteger taskId, TaskOrder order) {
        return relay.upload(taskId, order.parametersJson());
    }

    /** Downloads one file of the result, which is the caller's to close; retries likewise. */
    public CompletableFuture<Content> download(BigInteger taskId, int number, TaskOrder order) {
        return results.file(order.kind(), taskId, number, order.maxResultBytes(), order.spoolThreshold());
    }

    /**
     * Cancels a task as soon as the network allows it, and completes when the transaction has left, be it that it was refused;
     * its outcome is an event. Fails when nothing has left, as when the task cannot be cancelled any more. Cancelling the
     * future ends the tries.
     *
     * @param beforeSign receives what the transaction takes out of the wallet at most, in wei; nothing is signed when it throws
     * @param beforeSend is given the transaction before it leaves, which it does when the stage has completed
     */
    public CompletableFuture<SendOutcome> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        CompletableFuture<SentPayment> sent = chain.cancel(taskId, beforeSign, beforeSend);
        CompletableFuture<SendOutcome> outcome = sent.handle(ChainNetwork::outcome);
        outcome.whenComplete((known, error) -> {
            if (outcome.isCancelled()) {
                sent.cancel(false);
            }
        });
        return outcome;
    }

    /**
     * Sends a transaction of no value with the lowest nonce that holds up the creator's payments; see {@link #missingNonce}.
     * Completes when it has left, with null where there is no such nonce or the network counts a transaction with it; its
     * outcome is an event. Fails when nothing has left.
     *
     * @param beforeSign see {@link #cancel}
     * @param beforeSend see there
     */
    public CompletableFuture<SendOutcome> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return chain.fillGap(beforeSign, beforeSend)
                .thenApply(sent -> sent.orElse(null))
                .handle(ChainNetwork::outcome);
    }

    /** Of a transaction that pays for no task. */
    private static SendOutcome outcome(SentPayment sent, Throwable error) {
        if (error == null) {
            return sent == null ? null : new SendOutcome(sent.objection() != null, null);
        }
        if (Futures.cause(error) instanceof PaymentRefusedException refused) {
            return new SendOutcome(
                    false,
                    new CrynuxException(
                            "The node refused the transaction: " + refused.getMessage() + ". Nothing was spent",
                            refused));
        }
        throw Futures.wrapped(error);
    }

    /** What provably came back of the fee of a task that was aborted, in wei; empty where it cannot be proven. */
    public CompletableFuture<Optional<BigInteger>> refundOf(ChainRecord task, BlockRef abortedIn) {
        return chain.refundOf(task.taskId(), task.order().feeWei(), task.createdIn(), abortedIn);
    }

    /** What a payment that is in a block cost in gas, in wei. */
    public CompletableFuture<BigInteger> gasPaid(String transactionHash) {
        return chain.gasPaid(transactionHash);
    }

    /** How many of the creator's payments are in no block, as far as is known; called on any thread. */
    public int pendingPayments() {
        return chain.pendingPayments();
    }

    /** Since when the first of these is on its way, as far as this process knows; null when there is none. */
    public Instant pendingSince() {
        return chain.pendingSince();
    }

    /**
     * A nonce that holds up the creator's payments, since the chain expects it and none of them has it; null when none does.
     * Called on any thread.
     */
    public BigInteger missingNonce() {
        return chain.missingNonce();
    }

    /** What the network said against a payment with that nonce when it was sent; null where nothing. */
    public String objectionTo(BigInteger nonce) {
        return chain.objectionTo(nonce);
    }

    /** Events of a task are wanted whose creation this process has not seen. */
    public void track(BigInteger taskId, BlockRef createdIn) {
        events.track(taskId, createdIn);
    }

    /** Stops to tell events. */
    public void disconnect() {
        events.stop();
        chain.disconnect();
    }
}
