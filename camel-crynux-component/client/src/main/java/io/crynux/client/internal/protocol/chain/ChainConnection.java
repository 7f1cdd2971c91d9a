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
public final class ChainConnection implements ClassicNetwork {
    private final TaskChain chain;
    private final RelayClient relay;
    private final ResultFetcher results;
    private final EventSource events;

    /**
     * @param waitMethod how it learns the outcome of tasks
     * @param pollInterval how often, where it asks for them
     * @param scheduler keeps the interval; not closed
     */
    public ChainConnection(
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

    @Override
    public String creator() {
        return chain.creator();
    }

    @Override
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

    @Override
    public CompletableFuture<BigInteger> numberOf(Finality.Tag tag) {
        return chain.numberOf(tag.text());
    }

    @Override
    public CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> listener) {
        return events.follow(after, listener);
    }

    @Override
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

    @Override
    public CompletableFuture<Void> resend(Payment payment) {
        return chain.resend(payment);
    }

    @Override
    public CompletableFuture<Boolean> replace(
            List<Payment> variants,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        return chain.replace(variants, beforeSign, beforeSend);
    }

    @Override
    public void watch(List<Payment> variants, boolean wanted) {
        events.watch(variants, wanted);
    }

    @Override
    public void watchRefused(List<Payment> variants) {
        events.watchRefused(variants);
    }

    @Override
    public CompletableFuture<Void> upload(BigInteger taskId, TaskOrder order) {
        return relay.upload(taskId, order.parametersJson());
    }

    @Override
    public CompletableFuture<Content> download(BigInteger taskId, int number, TaskOrder order) {
        return results.file(order.kind(), taskId, number, order.maxResultBytes(), order.spoolThreshold());
    }

    @Override
    public CompletableFuture<SendOutcome> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        CompletableFuture<SentPayment> sent = chain.cancel(taskId, beforeSign, beforeSend);
        CompletableFuture<SendOutcome> outcome = sent.handle(ChainConnection::outcome);
        outcome.whenComplete((known, error) -> {
            if (outcome.isCancelled()) {
                sent.cancel(false);
            }
        });
        return outcome;
    }

    @Override
    public CompletableFuture<SendOutcome> fillGap(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return chain.fillGap(beforeSign, beforeSend)
                .thenApply(sent -> sent.orElse(null))
                .handle(ChainConnection::outcome);
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

    @Override
    public CompletableFuture<Optional<BigInteger>> refundOf(ChainRecord task, BlockRef abortedIn) {
        return chain.refundOf(task.taskId(), task.order().feeWei(), task.createdIn(), abortedIn);
    }

    @Override
    public CompletableFuture<BigInteger> gasPaid(String transactionHash) {
        return chain.gasPaid(transactionHash);
    }

    @Override
    public int pendingPayments() {
        return chain.pendingPayments();
    }

    @Override
    public Instant pendingSince() {
        return chain.pendingSince();
    }

    @Override
    public BigInteger missingNonce() {
        return chain.missingNonce();
    }

    @Override
    public String objectionTo(BigInteger nonce) {
        return chain.objectionTo(nonce);
    }

    @Override
    public void track(BigInteger taskId, BlockRef createdIn) {
        events.track(taskId, createdIn);
    }

    @Override
    public void disconnect() {
        events.stop();
        chain.disconnect();
    }
}
