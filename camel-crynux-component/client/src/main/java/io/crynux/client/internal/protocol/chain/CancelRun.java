// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.error.TransactionTimeoutException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.Slot;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cancelTask, which a caller or a time-out asked for, and everybody who waits for it. Used on the engine's loop only. */
final class CancelRun extends LaneTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(CancelRun.class);

    private final CompletableFuture<CancelOutcome> sent = new CompletableFuture<>();
    private final CompletableFuture<CancelOutcome> mined = new CompletableFuture<>();
    /** The attempt at the task, where it is under way here; else null. */
    private ChainAttempt task;
    /** How many wait whose time is not up. */
    private int waiting;

    private CancelRun(ChainProtocol protocol, LaneRecord record) {
        super(protocol, record);
    }

    static CancelRun of(ChainProtocol protocol, BigInteger taskId) {
        return new CancelRun(protocol, unsigned(protocol, "cancel-" + UUID.randomUUID(), taskId));
    }

    /** An earlier process signed it. */
    static CancelRun recovered(ChainProtocol protocol, LaneRecord record) {
        CancelRun run = new CancelRun(protocol, record);
        if (record.isRefused()) {
            run.onFailed(new CrynuxException(record.reason()));
        } else {
            run.sent.complete(new CancelOutcome(run.hash(), null));
        }
        run.recover();
        return run;
    }

    /** An earlier version signed it, and has it in the record of the task. */
    static void ofTaskRecord(ChainProtocol protocol, ChainRecord task) {
        List<Payment> variants = task.data().cancellations();
        LaneData data = new LaneData(task.taskId(), variants, task.head());
        LaneRecord record = unsigned(protocol, "cancel-" + task.order().key(), task.taskId());
        Slot slot = new Slot(record.account(), variants.get(0).nonce());
        recovered(protocol, record.sending(slot, task.spending(), data.data()));
    }

    BigInteger taskId() {
        return data().taskId();
    }

    /** Completes when it is in a block that is final; fails when it is certain that nothing comes of it. */
    CompletableFuture<CancelOutcome> mined() {
        return mined;
    }

    /** Whether a caller waits for it. */
    boolean isAwaited() {
        return waiting > 0;
    }

    /** Whoever waits for the task here is to know that it is to be cancelled. */
    void tellTask() {
        task = protocol.tasks.attempt(taskId());
        if (task != null) {
            task.context().cancelAsked(this);
        }
    }

    @Override
    String name() {
        return "cancelTask of task " + taskId();
    }

    @Override
    CompletableFuture<SendOutcome> send(
            Consumer<BigInteger> beforeSign, Function<Payment, CompletionStage<Void>> beforeSend) {
        return protocol.network.cancel(taskId(), beforeSign, beforeSend);
    }

    @Override
    void onSent() {
        LOG.info("Task {}: cancelTask sent in {}", taskId(), hash());
        sent.complete(new CancelOutcome(hash(), null));
    }

    @Override
    void onMined(String transactionHash, BlockRef block) {
        mined.complete(new CancelOutcome(transactionHash, block));
    }

    @Override
    CrynuxException stopped() {
        return overdue();
    }

    /**
     * Whoever asked waits for it.
     *
     * @param untilMined whether until it is in a block that is final, or only until it is sent
     */
    void await(boolean untilMined, Duration timeout, CompletableFuture<CancelOutcome> future) {
        waiting++;
        ScheduledFuture<?> deadline = steps().schedule(timeout, () -> {
            CrynuxException error = overdue();
            protocol.tell(() -> future.completeExceptionally(error));
            waiting--;
            if (waiting == 0) {
                // All were told that it was not sent; it must not be sent later.
                stopUnlessSigned();
            }
        });
        (untilMined ? mined : sent).whenComplete((outcome, error) -> {
            deadline.cancel(false);
            protocol.tell(() -> {
                if (error == null) {
                    future.complete(outcome);
                } else {
                    future.completeExceptionally(error);
                }
            });
        });
    }

    private CrynuxException overdue() {
        return isSigned()
                ? new TransactionTimeoutException(
                        "The deadline passed before " + name() + " (" + hash()
                                + ") was confirmed. The client keeps watching it and sends it again; it may still cancel"
                                + " the task",
                        facts())
                : new TaskTimeoutException("The deadline passed before " + name() + " could be sent", facts());
    }

    @Override
    void onFailed(CrynuxException error) {
        if (task != null) {
            task.context().cancelFailed(this);
        }
        sent.completeExceptionally(error);
        mined.completeExceptionally(error);
    }

    @Override
    TransactionRevertedException reverted(String reason) {
        return new TransactionRevertedException(
                "The contract reverted " + name() + " (" + hash() + "): "
                        + (reason == null ? "it gave no reason" : reason)
                        + ". The task ended or was started meanwhile; the gas was spent. Ask for its status",
                facts(),
                reason);
    }

    @Override
    TransactionRevertedException superseded() {
        return new TransactionRevertedException(
                name() + " (" + hash()
                        + ") can no longer be mined, because another transaction of the wallet used its nonce. Let no other"
                        + " application sign with this wallet, and cancel again",
                facts(),
                null);
    }

    @Override
    TaskFacts facts() {
        return new TaskFacts(taskId(), isSigned() ? hash() : null, null, null);
    }

    @Override
    void shutdown() {
        super.shutdown();
        CrynuxShutdownException error = new CrynuxShutdownException(
                "The client stopped while task " + taskId() + " was being cancelled"
                        + (isSigned() ? "; cancelTask " + hash() + " may still be mined" : "; nothing was signed"),
                facts());
        sent.completeExceptionally(error);
        mined.completeExceptionally(error);
    }
}
