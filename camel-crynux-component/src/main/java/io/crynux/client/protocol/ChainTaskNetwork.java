// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.protocol;

import io.crynux.client.chain.BlockListener;
import io.crynux.client.chain.ContractEvent;
import io.crynux.client.chain.LoggedEvent;
import io.crynux.client.chain.PaymentRefusedException;
import io.crynux.client.chain.TaskChain;
import io.crynux.client.engine.Finality;
import io.crynux.client.engine.NetworkEvent;
import io.crynux.client.engine.TaskNetwork;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InsufficientFundsException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.relay.RelayClient;
import io.crynux.client.spool.Content;
import io.crynux.client.task.BlockRef;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The classic protocol ({@code protocol=chain}): tasks are created and paid on a chain, parameters and results go through the Relay. */
public final class ChainTaskNetwork implements TaskNetwork {
    private final TaskChain chain;
    private final RelayClient relay;
    private final ResultFetcher results;
    private final PaymentWatch watch;

    public ChainTaskNetwork(TaskChain chain, RelayClient relay) {
        this.chain = chain;
        this.relay = relay;
        this.results = new ResultFetcher(relay);
        this.watch = new PaymentWatch(chain);
    }

    @Override
    public String creator() {
        return chain.creator();
    }

    @Override
    public CompletableFuture<Identity> connect() {
        return relay.readClock()
                .exceptionally(error -> {
                    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
                    throw new NetworkException(
                            "The Relay at relayUrl does not answer: " + cause
                                    + ". Check relayUrl, and that the Relay is up",
                            cause);
                })
                .thenCompose(offset -> chain.connect())
                .thenApply(identity -> new Identity(identity.chainId(), identity.genesisHash(), chain.contract()));
    }

    @Override
    public CompletableFuture<BigInteger> numberOf(Finality.Tag tag) {
        return chain.numberOf(tag.text());
    }

    @Override
    public CompletableFuture<BlockRef> follow(BigInteger after, Consumer<NetworkEvent> events) {
        return chain.follow(after, new Translator(events));
    }

    @Override
    public CompletableFuture<Void> pay(
            TaskOrder order, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        AtomicBoolean signed = new AtomicBoolean();
        return chain.pay(order, beforeSign, payment -> {
                    signed.set(true);
                    return beforeSend.apply(payment);
                })
                .handle((payment, error) -> {
                    if (error == null) {
                        return null;
                    }
                    throw paymentError(order, error, signed.get());
                });
    }

    private CrynuxException paymentError(TaskOrder order, Throwable error, boolean signed) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof CrynuxException known) {
            return known;
        }
        if (cause instanceof PaymentRefusedException refused && refused.isInsufficientFunds()) {
            return new InsufficientFundsException(
                    "The wallet " + creator() + " cannot pay the fee of " + TaskFacts.cnx(order.feeWei())
                            + " and the gas: " + refused.getMessage() + ". Nothing was spent; fund the wallet");
        }
        if (cause instanceof PaymentRefusedException refused) {
            return new CrynuxException(
                    "The node refused the payment: " + refused.getMessage() + ". Nothing was spent", cause);
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
    public void occupy(Payment payment) {
        chain.occupy(payment);
    }

    @Override
    public void watch(List<Payment> variants, boolean wanted) {
        watch.watch(variants, wanted);
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
    public CompletableFuture<Payment> cancel(
            BigInteger taskId, Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return chain.cancel(taskId, beforeSign, beforeSend);
    }

    @Override
    public CompletableFuture<Optional<BigInteger>> refundOf(TaskRecord task, BlockRef abortedIn) {
        return chain.refundOf(task.taskId(), task.order().feeWei(), task.createdIn(), abortedIn);
    }

    @Override
    public CompletableFuture<BigInteger> gasPaid(String transactionHash) {
        return chain.gasPaid(transactionHash);
    }

    @Override
    public void disconnect() {
        chain.disconnect();
    }

    /** Tells the contract's events as steps of tasks. */
    private final class Translator implements BlockListener {
        private final Consumer<NetworkEvent> events;

        Translator(Consumer<NetworkEvent> events) {
            this.events = events;
        }

        @Override
        public void onBlock(BlockRef block, List<LoggedEvent> logged) {
            for (LoggedEvent log : logged) {
                ContractEvent event = log.event();
                if (event instanceof ContractEvent.Pending pending) {
                    if (pending.creator().equals(creator())) {
                        watch.seen(log.transactionHash(), block);
                        events.accept(new NetworkEvent.Created(log.transactionHash(), pending.taskId(), block));
                    }
                } else if (event instanceof ContractEvent.Started started) {
                    events.accept(new NetworkEvent.Started(started.taskId(), started.node()));
                } else if (event instanceof ContractEvent.Succeeded succeeded) {
                    events.accept(new NetworkEvent.Succeeded(
                            succeeded.taskId(), succeeded.resultNode(), succeeded.resultHash(), block));
                } else if (event instanceof ContractEvent.ResultsUploaded uploaded) {
                    events.accept(new NetworkEvent.ResultsUploaded(uploaded.taskId()));
                } else if (event instanceof ContractEvent.Aborted aborted) {
                    events.accept(new NetworkEvent.Aborted(aborted.taskId(), aborted.reason(), block));
                }
            }
        }

        @Override
        public void onRemoved(Set<String> blockHashes) {
            watch.removed(blockHashes);
            events.accept(new NetworkEvent.Removed(blockHashes));
        }

        @Override
        public CompletionStage<Void> onCaughtUp(BlockRef head) {
            return watch.check(head, events)
                    .thenAccept(checked -> events.accept(new NetworkEvent.Head(head, chain.stillFor())));
        }
    }
}
