// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on its way; used on the engine's loop only. */
final class TaskRun implements PaymentKeeper.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    /** An end that a reorganisation may still take back. */
    private record PendingEnd(TaskState state, BlockRef block, String reason, CrynuxException error) {}

    private final TaskEngine engine;
    private final TaskJob job;
    private final PaymentKeeper payments;
    private final TaskTransfers transfers;
    private final TaskCancellation cancellation;
    private TaskRecord record;
    private PendingEnd pendingEnd;
    private BlockRef succeededIn;
    private ScheduledFuture<?> timer;

    TaskRun(TaskEngine engine, TaskOrder order, TaskJob job) {
        this.engine = engine;
        this.job = job;
        this.record = TaskRecord.prepared(order);
        this.payments = new PaymentKeeper(engine, this);
        this.transfers = new TaskTransfers(engine);
        this.cancellation = new TaskCancellation(engine, this::isCancellable);
    }

    TaskRecord record() {
        return record;
    }

    private TaskOrder order() {
        return record.order();
    }

    void start() {
        engine.remember(this);
        change(record);
        engine.network
                .pay(order(), payment -> CompletableFuture.supplyAsync(() -> onSigned(payment), engine.loop)
                        .thenCompose(written -> written))
                .whenCompleteAsync((paid, error) -> onPaid(error), engine.loop);
    }

    /** The transaction leaves when the returned stage has completed. */
    private CompletionStage<Void> onSigned(Payment payment) {
        if (record.state().isEnd()) {
            return CompletableFuture.failedFuture(new CancellationException("the task ended before it was paid"));
        }
        if (engine.isStopping()) {
            return CompletableFuture.failedFuture(TaskErrors.shutdown(record));
        }
        engine.rememberPayment(payment.transactionHash(), this);
        record = record.signed(payment);
        TaskLog.state(record);
        return engine.journal.write(record);
    }

    @Override
    public List<Payment> payments() {
        return record.payments();
    }

    @Override
    public CompletionStage<Void> onVariant(Payment variant) {
        if (record.taskId() != null || pendingEnd != null) {
            return CompletableFuture.failedFuture(new CancellationException("the payment is in a block meanwhile"));
        }
        engine.rememberPayment(variant.transactionHash(), this);
        record = record.variant(variant);
        return engine.journal.write(record);
    }

    @Override
    public void onOverdue() {
        if (!record.state().isEnd()) {
            job.onTrouble(TaskErrors.overdue(record, engine.settings.payments()), false);
        }
    }

    private void onPaid(Throwable error) {
        if (error != null) {
            CrynuxException cause = crynuxException(error);
            if (!record.state().isEnd()) {
                end(TaskState.REJECTED, cause.getMessage(), cause);
            }
            engine.forget(this);
            return;
        }
        // The follower may have been quicker than the node's answer.
        if (record.state() == TaskState.SIGNED) {
            change(record.sent());
        }
        if (record.taskId() == null) {
            payments.keep();
        }
    }

    private static CrynuxException crynuxException(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof CrynuxException known
                ? known
                : new CrynuxException("The task was not paid: " + cause + ". Nothing was spent", cause);
    }

    void onCreated(NetworkEvent.Created event) {
        payments.settled();
        if (event.taskId().equals(record.taskId())) {
            return;
        }
        engine.rememberTask(event.taskId(), this);
        record = record.mined(event.transactionHash());
        pendingEnd = null;
        if (record.state().isEnd()) {
            // Its submitter was told already that it may still be mined. It counts until the network is done with it.
            LOG.info("{} was created as task {} after it had ended as {}", describe(), event.taskId(), record.state());
            record = record.found(event.taskId(), event.block());
            if (record.state() == TaskState.TIMED_OUT) {
                // It is paid; without its parameters no node could ever work on it.
                upload();
            }
            return;
        }
        change(record.created(event.taskId(), event.block()));
        upload();
    }

    private void upload() {
        transfers.upload(record, error -> {
            if (error != null) {
                job.onTrouble(TaskErrors.uploadRefused(record, error), true);
            } else if (record.state() == TaskState.CREATED) {
                change(record.in(TaskState.UPLOADED));
            }
        });
    }

    void onStarted(NetworkEvent.Started event) {
        LOG.debug("{} was started on node {}", describe(), event.node());
        engine.restraint.started(this);
    }

    void onSucceeded(NetworkEvent.Succeeded event) {
        if (record.state() == TaskState.TIMED_OUT) {
            LOG.info("{} succeeded after its submission had timed out", describe());
            engine.forget(this);
            return;
        }
        if (record.state().compareTo(TaskState.SUCCEEDED) >= 0) {
            return;
        }
        succeededIn = event.block();
        change(record.succeeded(event.resultNode(), event.resultHash()));
        if (!job.wantsResult()) {
            done();
        } else {
            cancel(timer);
            timer = engine.schedule(engine.settings.downloadDelay(), this::onResultsUploaded);
        }
    }

    void onResultsUploaded() {
        if (record.state() != TaskState.SUCCEEDED || pendingEnd != null) {
            return;
        }
        cancel(timer);
        transfers.download(record, (files, error) -> {
            if (error != null) {
                job.onTrouble(TaskErrors.resultUnavailable(record, error), false);
            } else {
                change(record.in(TaskState.DOWNLOADED));
                done();
                job.onResult(record, files);
            }
        });
    }

    private void done() {
        change(record.in(TaskState.DONE));
        engine.awaitFinality(this);
        engine.restraint.left(this);
    }

    void onAborted(NetworkEvent.Aborted event) {
        endWhenFinal(
                TaskState.ABORTED, event.block(), event.reason(), TaskErrors.aborted(record, event.reason(), null));
    }

    void onReverted(NetworkEvent.Reverted event) {
        record = record.mined(event.transactionHash());
        endWhenFinal(TaskState.REVERTED, event.block(), event.reason(), TaskErrors.reverted(record, event.reason()));
    }

    void onSuperseded(NetworkEvent.Superseded event) {
        endWhenFinal(TaskState.REJECTED, event.block(), null, TaskErrors.superseded(record));
    }

    /** What ends badly is told only when it is final, since its submitter may then pay for another task. */
    private void endWhenFinal(TaskState state, BlockRef block, String reason, CrynuxException error) {
        boolean over = record.state().compareTo(TaskState.DOWNLOADED) >= 0 && record.state() != TaskState.TIMED_OUT;
        // A receipt of any variant counts more than that none was found before.
        boolean known = pendingEnd != null && (pendingEnd.state() != TaskState.REJECTED || state == TaskState.REJECTED);
        if (over || known) {
            return;
        }
        LOG.debug("{} will end as {} when block {} is final: {}", describe(), state, block.number(), reason);
        transfers.stop();
        cancel(timer);
        payments.pause();
        pendingEnd = new PendingEnd(state, block, reason, error);
        engine.awaitFinality(this);
    }

    void onRemoved(Set<String> blockHashes) {
        if (pendingEnd != null && blockHashes.contains(pendingEnd.block().hash())) {
            pendingEnd = null;
            if (record.taskId() == null) {
                payments.keep();
                payments.resend();
            } else if (record.state() == TaskState.CREATED) {
                upload();
            }
        }
        if (record.createdIn() != null
                && blockHashes.contains(record.createdIn().hash())) {
            onPaymentRemoved();
        } else if (succeededIn != null
                && blockHashes.contains(succeededIn.hash())
                && !record.state().isEnd()) {
            succeededIn = null;
            transfers.stop();
            change(record.in(TaskState.UPLOADED));
        }
    }

    private void onPaymentRemoved() {
        LOG.info("{} left the chain with its block; its payment is sent again", describe());
        // A payment that got lost blocks the wallet's later ones, so it is sent again even when the task has ended.
        engine.forgetTask(record.taskId());
        if (record.state().isEnd()) {
            record = record.lost();
            payments.keep();
            payments.resend();
            return;
        }
        transfers.stop();
        succeededIn = null;
        change(record.sent());
        payments.keep();
        payments.resend();
    }

    void onHead(BlockRef head) {
        if (pendingEnd != null && isFinal(pendingEnd.block(), head)) {
            onFinalEnd();
        } else if (record.state() == TaskState.DONE
                && record.createdIn() != null
                && isFinal(record.createdIn(), head)) {
            engine.forget(this);
        }
    }

    private void onFinalEnd() {
        PendingEnd end = pendingEnd;
        pendingEnd = null;
        payments.settled();
        if (record.state() == TaskState.TIMED_OUT) {
            engine.forget(this);
        } else if (end.state() == TaskState.ABORTED) {
            engine.network
                    .refundOf(record, end.block())
                    .exceptionally(error -> {
                        LOG.debug("What came back of the fee of {} could not be found out", describe(), error);
                        return Optional.empty();
                    })
                    .thenAcceptAsync(refund -> endForGood(end, refund.orElse(null)), engine.loop);
        } else {
            endForGood(end, null);
        }
    }

    private void endForGood(PendingEnd end, BigInteger refund) {
        if (record.state().isEnd()) {
            // The deadline passed while the refund was looked for.
            engine.forget(this);
            return;
        }
        end(end.state(), end.reason(), refund == null ? end.error() : TaskErrors.aborted(record, end.reason(), refund));
        engine.forget(this);
    }

    /** Asks the network to give the task up; what comes of it is told like any other end. */
    void cancel() {
        cancellation.start(record.taskId());
    }

    /** Whether the network can be asked to give it up. */
    boolean isCancellable() {
        return record.taskId() != null && record.state().compareTo(TaskState.SUCCEEDED) < 0 && pendingEnd == null;
    }

    private boolean isFinal(BlockRef block, BlockRef head) {
        return head.number().subtract(block.number()).intValue() >= engine.settings.finalityBlocks();
    }

    /**
     * What a submitter is told who waits no longer. An end that is not final is not told: it would allow another payment, and
     * a reorganisation could bring this one back.
     */
    CrynuxException timeOutError() {
        return TaskErrors.timedOut(record);
    }

    /**
     * Nobody waits any more. What was paid stays followed, and a payment in no block is sent again, until it is known what
     * became of it: it holds its place among the wallet's tasks for so long.
     */
    void timeOut() {
        cancel(timer);
        cancellation.stop();
        if (record.state() != TaskState.CREATED) {
            // An upload goes on: the task is paid, and without its parameters no node could ever work on it.
            transfers.stop();
        }
        boolean unpaid = record.payments().isEmpty();
        change(record.ended(unpaid ? TaskState.REJECTED : TaskState.TIMED_OUT, "deadline passed"));
        if (unpaid) {
            engine.forget(this);
        }
    }

    void shutdown() {
        payments.settled();
        stopWork();
        engine.forget(this);
    }

    private void end(TaskState state, String reason, CrynuxException error) {
        stopWork();
        change(record.ended(state, reason));
        engine.restraint.left(this);
        job.onEnd(record, error);
    }

    private void stopWork() {
        transfers.stop();
        cancellation.stop();
        cancel(timer);
    }

    /** Every change of state goes through here: it is journaled, logged and told. */
    private void change(TaskRecord changed) {
        record = changed;
        TaskLog.state(record);
        engine.journal.write(record).whenComplete((written, error) -> {
            if (error != null) {
                LOG.error("The task journal could not keep that {} is {}", describe(), changed.state(), error);
            }
        });
        job.onChange(record);
    }

    private String describe() {
        return TaskLog.name(record);
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
