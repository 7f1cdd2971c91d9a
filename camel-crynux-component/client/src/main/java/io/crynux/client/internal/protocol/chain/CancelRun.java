// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One cancelTask, asked for by somebody or by a time-out, from its signature until its nonce is used for good: in the journal before it is
 * sent, sent again while it is in no block, since a lost one would block the wallet's later payments. Its record has no
 * payment. Used on the engine's loop only.
 */
final class CancelRun implements PaymentKeeper.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(CancelRun.class);

    private final ChainProtocol engine;
    private final Steps steps;
    private final PaymentKeeper keeper;
    private final CompletableFuture<CancelOutcome> sent = new CompletableFuture<>();
    private final CompletableFuture<CancelOutcome> mined = new CompletableFuture<>();
    private TaskRecord record;
    /** The attempt at the task, where it is under way here; else null. */
    private ChainAttempt task;

    private NetworkEvent seen;
    private volatile BigInteger most = BigInteger.ZERO;

    /** The sending, as long as it takes. */
    private CompletableFuture<Payment> asked = new CompletableFuture<>();
    /** How many wait whose time is not up. */
    private int waiting;

    private CancelRun(ChainProtocol engine, TaskRecord record) {
        this.engine = engine;
        this.record = record;
        this.steps = new Steps(engine.loop, this::onBroken);
        this.keeper = new PaymentKeeper(engine, steps, this);
        engine.tasks.remember(this);
    }

    /** @param kind of the task */
    static CancelRun of(ChainProtocol engine, BigInteger taskId, TaskKind kind) {
        TaskOrder order = new TaskOrder(
                "cancel-" + UUID.randomUUID(),
                kind,
                "",
                "",
                engine.network.creator(),
                BigInteger.ZERO,
                0,
                0,
                "",
                0,
                0,
                0,
                0,
                null,
                1);
        return new CancelRun(engine, TaskRecord.prepared(order).found(taskId, null));
    }

    /** An earlier process signed it. */
    static CancelRun recovered(ChainProtocol engine, TaskRecord record) {
        CancelRun run = new CancelRun(engine, record);
        run.sent.complete(new CancelOutcome(run.hash(), null));
        run.keeper.keep(false);
        run.keeper.resend();
        return run;
    }

    BigInteger taskId() {
        return record.taskId();
    }

    /** What happens to it on the loop. */
    Steps steps() {
        return steps;
    }

    /** Completes when it is in a block that is final; fails when it is certain that nothing comes of it. */
    CompletableFuture<CancelOutcome> mined() {
        return mined;
    }

    /** Nobody wants it any more: it is not to be sent later. One that is signed stays on its way, since it has a nonce. */
    void stopUnlessSigned() {
        if (record.cancellations().isEmpty()) {
            asked.cancel(false);
        }
    }

    /** A step threw what nobody expects. One that is signed stays watched. */
    private void onBroken(Throwable error) {
        fail(new CrynuxException(
                "The client failed while it cancelled task " + record.taskId() + ": " + error
                        + (record.cancellations().isEmpty()
                                ? ". Nothing was signed for it"
                                : ". cancelTask " + hash() + " may still be mined"),
                facts(),
                error));
    }

    /** Whoever waits for the task here is to know that it is to be cancelled. */
    void tellTask() {
        task = engine.tasks.attempt(record.taskId());
        if (task != null) {
            task.context().cancelAsked(this);
        }
    }

    void start() {
        asked = engine.network.cancel(
                record.taskId(), this::beforeVariant, payment -> engine.loop.compose(() -> onSigned(payment)));
        steps.after(asked, (payment, error) -> onSent(error));
    }

    private CompletionStage<Void> onSigned(Payment payment) {
        if (asked.isCancelled()) {
            return CompletableFuture.failedFuture(overdue());
        }
        if (engine.isStopping()) {
            return CompletableFuture.failedFuture(
                    new CrynuxShutdownException("The client stops; nothing was signed to cancel the task"));
        }
        record = new TaskRecord(
                record.order(),
                TaskState.SENT,
                List.of(),
                record.taskId(),
                null,
                null,
                null,
                null,
                engine.signing(most),
                List.of(payment),
                null);
        return engine.write(record);
    }

    private void onSent(Throwable error) {
        if (error != null) {
            Throwable cause = Futures.cause(error);
            CrynuxException failure = cause instanceof CrynuxException known
                    ? known
                    : asked.isCancelled()
                            ? overdue()
                            : new CrynuxException(
                                    "Task " + record.taskId() + " was not cancelled: " + cause.getMessage(),
                                    facts(),
                                    cause);
            settle(TaskState.REJECTED, BigInteger.ZERO, failure);
            return;
        }
        LOG.info("Task {}: cancelTask sent in {}", record.taskId(), hash());
        sent.complete(new CancelOutcome(hash(), null));
        keeper.keep(false);
    }

    /**
     * Whoever asked waits for it.
     *
     * @param untilMined whether until it is in a block that is final, or only until it is sent
     */
    void await(boolean untilMined, Duration timeout, CompletableFuture<CancelOutcome> future) {
        waiting++;
        ScheduledFuture<?> deadline = steps.schedule(timeout, () -> {
            CrynuxException error = overdue();
            engine.tell(() -> future.completeExceptionally(error));
            waiting--;
            if (waiting == 0 && record.cancellations().isEmpty()) {
                // All were told that it was not sent; it must not be sent later.
                asked.cancel(false);
            }
        });
        (untilMined ? mined : sent).whenComplete((outcome, error) -> {
            deadline.cancel(false);
            engine.tell(() -> {
                if (error == null) {
                    future.complete(outcome);
                } else {
                    future.completeExceptionally(error);
                }
            });
        });
    }

    private CrynuxException overdue() {
        return record.cancellations().isEmpty()
                ? new TaskTimeoutException(
                        "The deadline passed before cancelTask of task " + record.taskId() + " could be sent", facts())
                : new TransactionTimeoutException(
                        "The deadline passed before cancelTask of task " + record.taskId() + " (" + hash()
                                + ") was confirmed. The client keeps watching it and sends it again; it may still cancel"
                                + " the task",
                        facts());
    }

    @Override
    public List<Payment> payments() {
        return record.cancellations();
    }

    @Override
    public void beforeVariant(BigInteger mostWei) {
        engine.context.reserve(record.order().key(), mostWei);
        most = mostWei;
    }

    @Override
    public CompletionStage<Void> onVariant(Payment variant) {
        if (seen != null) {
            return CompletableFuture.failedFuture(new CancellationException("it is in a block by now"));
        }
        record = record.cancelling(variant);
        return engine.write(record);
    }

    @Override
    public void onOverdue() {
        LOG.warn("cancelTask of task {} ({}) is not in a block yet; it is sent again", record.taskId(), hash());
    }

    void hear(NetworkEvent event) {
        if (event instanceof NetworkEvent.CancelMined happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Reverted happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Superseded happened) {
            onFate(happened.transactionHash(), event);
        } else if (event instanceof NetworkEvent.Removed removed
                && seen != null
                && removed.blockHashes().contains(blockOf(seen).hash())) {
            seen = null;
            keeper.keep(false);
            keeper.resend();
        }
    }

    /** Blocks may have become final. */
    void onHead() {
        if (seen != null && engine.finality.isFinal(blockOf(seen))) {
            conclude();
        }
    }

    private void onFate(String transactionHash, NetworkEvent event) {
        boolean own = record.cancellations().stream()
                .anyMatch(payment -> payment.transactionHash().equals(transactionHash));
        // It is told again at every look; that it was not found is told of a later block each time.
        boolean known = seen instanceof NetworkEvent.Superseded && event instanceof NetworkEvent.Superseded;
        if (own && !known) {
            if (seen == null) {
                keeper.pause();
            }
            seen = event;
        }
    }

    private static BlockRef blockOf(NetworkEvent event) {
        if (event instanceof NetworkEvent.CancelMined happened) {
            return happened.block();
        }
        return event instanceof NetworkEvent.Reverted reverted
                ? reverted.block()
                : ((NetworkEvent.Superseded) event).block();
    }

    private void conclude() {
        keeper.settled();
        engine.tasks.forget(this);
        if (seen instanceof NetworkEvent.Superseded) {
            settle(TaskState.REJECTED, BigInteger.ZERO, superseded());
            return;
        }
        String minedHash = seen instanceof NetworkEvent.CancelMined happened
                ? happened.transactionHash()
                : ((NetworkEvent.Reverted) seen).transactionHash();
        CompletableFuture<BigInteger> gas = engine.context.countsSpending()
                ? engine.network.gasPaid(minedHash).exceptionally(error -> most)
                : CompletableFuture.completedFuture(null);
        steps.after(gas, (spent, unknown) -> {
            if (seen instanceof NetworkEvent.Reverted reverted) {
                settle(TaskState.REVERTED, spent, reverted(reverted.reason()));
            } else {
                settle(TaskState.DONE, spent, null);
                mined.complete(new CancelOutcome(minedHash, blockOf(seen)));
            }
        });
    }

    private void settle(TaskState end, BigInteger spent, CrynuxException error) {
        engine.tasks.forget(this);
        if (spent != null) {
            engine.context.settle(record, spent);
        }
        if (!record.cancellations().isEmpty()) {
            record = record.ended(end, error == null ? null : error.getMessage())
                    .settled(engine.settlement(spent, null));
            TaskRecord written = record;
            engine.write(written).whenComplete((done, failure) -> {
                if (failure != null) {
                    LOG.error("The task journal could not keep what became of cancelTask {}", hash(), failure);
                }
            });
        }
        if (error != null) {
            fail(error);
        }
    }

    private void fail(CrynuxException error) {
        if (task != null) {
            task.context().cancelFailed(this);
        }
        sent.completeExceptionally(error);
        mined.completeExceptionally(error);
    }

    private TransactionRevertedException reverted(String reason) {
        return new TransactionRevertedException(
                "The contract reverted cancelTask of task " + record.taskId() + " (" + hash() + "): "
                        + (reason == null ? "it gave no reason" : reason)
                        + ". The task ended or was started meanwhile; the gas was spent. Ask for its status",
                facts(),
                reason);
    }

    private TransactionRevertedException superseded() {
        return new TransactionRevertedException(
                "cancelTask of task " + record.taskId() + " (" + hash()
                        + ") can no longer be mined, because another transaction of the wallet used its nonce. Let no other"
                        + " application sign with this wallet, and cancel again",
                facts(),
                null);
    }

    private TaskFacts facts() {
        return new TaskFacts(record.taskId(), record.cancellations().isEmpty() ? null : hash(), null, null);
    }

    private String hash() {
        List<Payment> signed = record.cancellations();
        return signed.isEmpty() ? "" : signed.get(signed.size() - 1).transactionHash();
    }

    void shutdown() {
        keeper.settled();
        engine.tasks.forget(this);
        CrynuxShutdownException error = new CrynuxShutdownException(
                "The client stopped while task " + record.taskId() + " was being cancelled"
                        + (record.cancellations().isEmpty()
                                ? "; nothing was signed"
                                : "; cancelTask " + hash() + " may still be mined"),
                facts());
        sent.completeExceptionally(error);
        mined.completeExceptionally(error);
    }
}
