// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.Spending;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction of the wallet that pays for no task, from its signature until its nonce is used at a final block. A lost one
 * would block the wallet's later payments, so it is treated like a payment: in the journal and in the budget before it leaves,
 * watched, sent again and replaced by a {@link PaymentKeeper}, whatever becomes of the task that it is about, across restarts.
 * Used on the engine's loop only.
 */
abstract class LaneTransaction implements PaymentKeeper.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(LaneTransaction.class);

    final ChainProtocol protocol;
    private final Steps steps;
    private final PaymentKeeper keeper;
    private LaneRecord record;
    /** The record's data. */
    private LaneData data;
    /** What a block that is not final yet says became of it, or null. */
    private NetworkEvent seen;

    private volatile BigInteger most = BigInteger.ZERO;
    /** The sending, as long as it takes. */
    private CompletableFuture<SendOutcome> sending = new CompletableFuture<>();

    LaneTransaction(ChainProtocol protocol, LaneRecord record) {
        this.protocol = protocol;
        this.record = record;
        this.data = LaneData.of(record.data());
        this.steps = new Steps(protocol.loop, this::onBroken);
        this.keeper = new PaymentKeeper(protocol, steps, this);
        protocol.tasks.remember(this);
    }

    /**
     * The record of a transaction that is not signed yet.
     *
     * @param key unique for ever
     * @param taskId of the task that it is about, or null
     */
    static LaneRecord unsigned(ChainProtocol protocol, String key, BigInteger taskId) {
        return LaneRecord.prepared(key, protocol.network.creator(), new LaneData(taskId, List.of(), null).data());
    }

    /** What it is, in messages, such as "cancelTask of task 7". */
    abstract String name();

    /** Signs and sends it; see {@link ClassicNetwork#cancel}. The future's value is null when there turned out to be no need. */
    abstract CompletableFuture<SendOutcome> send(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend);

    /** It was sent, and may be known to the network. */
    void onSent() {}

    /** It is in a block that is final, and did what it should. */
    void onMined(String transactionHash, BlockRef block) {}

    /** Nothing comes of it, or nothing that anybody here can see. One that has left stays watched. */
    abstract void onFailed(CrynuxException error);

    /** It was stopped before it was signed. */
    CrynuxException stopped() {
        return new CrynuxException(name() + " is not needed any more; nothing was signed", facts(), null);
    }

    /** What is known of it. */
    abstract TaskFacts facts();

    /** What happens to it on the loop. */
    final Steps steps() {
        return steps;
    }

    final LaneData data() {
        return data;
    }

    @Override
    public final List<Payment> payments() {
        return data.variants();
    }

    final boolean isSigned() {
        return !payments().isEmpty();
    }

    /** Whether it may still do what it should: not when the network has refused it. */
    final boolean isUnderWay() {
        return !record.isRefused();
    }

    /** Hash of its newest variant; empty while it is unsigned. */
    final String hash() {
        return isSigned() ? payments().get(payments().size() - 1).transactionHash() : "";
    }

    final void start() {
        sending = send(this::beforeVariant, payment -> protocol.loop.compose(() -> onSigned(payment)));
        steps.after(sending, this::onAnswer);
    }

    /** An earlier process signed it. */
    final void recover() {
        if (record.isRefused()) {
            protocol.network.watchRefused(payments());
        } else {
            keeper.keep(false);
            keeper.resend();
        }
    }

    /** It must not be signed any more. One that is signed stays on its way, since it has a nonce. */
    final void stopUnlessSigned() {
        if (!isSigned()) {
            sending.cancel(false);
        }
    }

    private CompletionStage<Void> onSigned(Payment payment) {
        if (sending.isCancelled()) {
            return CompletableFuture.failedFuture(stopped());
        }
        if (protocol.isStopping()) {
            return CompletableFuture.failedFuture(
                    new CrynuxShutdownException("The client stops; " + name() + " was not sent"));
        }
        return commit(payment, protocol.spending(most));
    }

    private void onAnswer(SendOutcome outcome, Throwable error) {
        if (error != null) {
            settle(TaskState.REJECTED, BigInteger.ZERO, unsent(Futures.cause(error)));
            return;
        }
        if (outcome == null) {
            protocol.tasks.forget(this);
            return;
        }
        protocol.tasks.takeOverRefused(this);
        if (outcome.refusal() != null) {
            onRefused(outcome.refusal());
        } else {
            onSent();
            if (seen == null) {
                keeper.keep(outcome.doubtful());
            }
        }
    }

    private CrynuxException unsent(Throwable cause) {
        if (cause instanceof CrynuxException known) {
            return known;
        }
        return sending.isCancelled()
                ? stopped()
                : new CrynuxException(name() + " was not sent: " + cause.getMessage(), facts(), cause);
    }

    /** Its nonce is free for the next payment. It stays watched until its nonce is used, since nodes have been wrong. */
    private void onRefused(CrynuxException refusal) {
        if (seen != null) {
            // A block knows better than the node that refused it.
            return;
        }
        keeper.pause();
        record = record.ended(TaskState.REJECTED, refusal.getMessage());
        write();
        protocol.network.watchRefused(payments());
        protocol.context.settle(record, BigInteger.ZERO);
        onFailed(refusal);
    }

    /** The same bytes were signed again after they had been refused: they are watched by whoever signed them. */
    final void onTakenOver() {
        settle(TaskState.REJECTED, BigInteger.ZERO, null);
    }

    /** A step threw what nobody expects. One that is signed stays watched. */
    private void onBroken(Throwable error) {
        onFailed(new CrynuxException(
                "The client failed at " + name() + ": " + error
                        + (isSigned()
                                ? ". Transaction " + hash() + " may still be mined"
                                : ". Nothing was signed for it"),
                facts(),
                error));
    }

    @Override
    public final void beforeVariant(BigInteger mostWei) {
        protocol.context.checkBudget(record.key(), mostWei);
        most = mostWei;
    }

    @Override
    public final CompletionStage<Void> onVariant(Payment variant) {
        if (seen != null) {
            return CompletableFuture.failedFuture(new CancellationException("it is in a block by now"));
        }
        return commit(variant, record.spending().atMost(most));
    }

    private CompletionStage<Void> commit(Payment variant, Spending spending) {
        LaneData signed = data.signed(variant, protocol.headNumber());
        LaneRecord changed = record.sending(new Slot(record.account(), variant.nonce()), spending, signed.data());
        CompletionStage<Void> committed = protocol.context.commit(changed);
        // Not where it is refused at once: then it does not leave.
        if (!committed.toCompletableFuture().isCompletedExceptionally()) {
            data = signed;
            record = changed;
        }
        return committed;
    }

    @Override
    public final void onOverdue() {
        LOG.warn("{} ({}) is not in a block yet; it is sent again", name(), hash());
    }

    final void hear(NetworkEvent event) {
        if (event instanceof NetworkEvent.Mined happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Reverted happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Superseded happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Removed removed
                && seen != null
                && removed.blockHashes().contains(blockOf(seen).hash())) {
            seen = null;
            recover();
        }
    }

    private void onFate(String transactionHash, NetworkEvent event) {
        boolean own = payments().stream()
                .anyMatch(payment -> payment.transactionHash().equals(transactionHash));
        // It is reported again at every look; that it was not found is reported of a later block each time.
        boolean known = seen instanceof NetworkEvent.Superseded && event instanceof NetworkEvent.Superseded;
        if (own && !known) {
            keeper.pause();
            seen = event;
        }
    }

    /** Whether it is in a block with that nonce. */
    final boolean hasUsed(BigInteger nonce) {
        return (seen instanceof NetworkEvent.Mined || seen instanceof NetworkEvent.Reverted)
                && payments().get(0).nonce().equals(nonce);
    }

    /** Blocks may have become final. */
    final void onHead() {
        if (seen != null && protocol.finality.isFinal(blockOf(seen))) {
            conclude();
        }
    }

    private static BlockRef blockOf(NetworkEvent event) {
        if (event instanceof NetworkEvent.Mined happened) {
            return happened.block();
        }
        return event instanceof NetworkEvent.Reverted reverted
                ? reverted.block()
                : ((NetworkEvent.Superseded) event).block();
    }

    private void conclude() {
        keeper.settled();
        protocol.tasks.forget(this);
        if (seen instanceof NetworkEvent.Superseded) {
            settle(TaskState.REJECTED, BigInteger.ZERO, superseded());
            return;
        }
        String minedHash = seen instanceof NetworkEvent.Mined happened
                ? happened.transactionHash()
                : ((NetworkEvent.Reverted) seen).transactionHash();
        CompletableFuture<BigInteger> gas = protocol.context.countsSpending()
                ? protocol.network.gasPaid(minedHash).exceptionally(error -> most)
                : CompletableFuture.completedFuture(null);
        steps.after(gas, (spent, unknown) -> {
            if (seen instanceof NetworkEvent.Reverted reverted) {
                settle(TaskState.REVERTED, spent, reverted(reverted.reason()));
            } else {
                settle(TaskState.DONE, spent, null);
                onMined(minedHash, blockOf(seen));
            }
        });
    }

    private void settle(TaskState end, BigInteger spent, CrynuxException error) {
        protocol.tasks.forget(this);
        if (spent != null) {
            protocol.context.settle(record, spent);
        }
        if (isSigned()) {
            record = record.ended(end, error == null ? null : error.getMessage())
                    .settled(protocol.settlement(spent, null))
                    .with(data.settled().data());
            write();
        }
        if (error != null) {
            onFailed(error);
        }
    }

    private void write() {
        LaneRecord written = record;
        protocol.write(written).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.error("The task journal could not store what became of {} ({})", name(), hash(), failure);
            }
        });
    }

    /** The contract reverted it, for that reason or null. */
    abstract TransactionRevertedException reverted(String reason);

    /** Another transaction used its nonce. */
    abstract TransactionRevertedException superseded();

    /** The client stops; what was sent stays in the journal. */
    void shutdown() {
        keeper.settled();
        protocol.tasks.forget(this);
    }
}
