// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on its way; used on the engine's loop only. */
final class TaskRun {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    /** An end that a reorganisation may still take back. */
    private record PendingEnd(TaskState state, BlockRef block, String reason, CrynuxException error) {}

    private final TaskEngine engine;
    private final CompletableFuture<TaskResult> result;
    private final PaymentKeeper payments;
    private TaskRecord record;
    private PendingEnd pendingEnd;
    private BlockRef succeededIn;
    private List<ResultFile> files = List.of();
    private boolean told;
    private CompletableFuture<?> relayWork = CompletableFuture.completedFuture(null);
    private ScheduledFuture<?> deadline;
    private ScheduledFuture<?> timer;

    TaskRun(TaskEngine engine, TaskOrder order, CompletableFuture<TaskResult> result) {
        this.engine = engine;
        this.result = result;
        this.record = TaskRecord.prepared(order);
        this.payments = new PaymentKeeper(engine, () -> record.payments());
    }

    TaskRecord record() {
        return record;
    }

    private TaskOrder order() {
        return record.order();
    }

    void start() {
        deadline = engine.schedule(Duration.between(engine.clock.instant(), order().deadline()), this::onDeadline);
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
        engine.rememberPayment(payment.transactionHash(), this);
        record = record.signed(payment);
        log();
        return engine.journal.write(record);
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
        if (record.state().isEnd()) {
            // Its submitter was told already that it may still be mined.
            LOG.info("{} was created after its submission had ended as {}", describe(), record.state());
            engine.forget(this);
            return;
        }
        pendingEnd = null;
        change(record.created(event.taskId(), event.block()));
        upload();
    }

    private void upload() {
        CompletableFuture<Void> upload = engine.network.upload(record.taskId(), order());
        relayWork = upload;
        upload.whenCompleteAsync(
                (done, error) -> {
                    if (relayWork != upload || upload.isCancelled()) {
                        return;
                    }
                    if (error != null) {
                        tell(TaskErrors.uploadRefused(record, error));
                    } else if (record.state() == TaskState.CREATED) {
                        change(record.in(TaskState.UPLOADED));
                    }
                },
                engine.loop);
    }

    void onStarted(NetworkEvent.Started event) {
        LOG.debug("{} was started on node {}", describe(), event.node());
    }

    void onSucceeded(NetworkEvent.Succeeded event) {
        if (record.state().compareTo(TaskState.SUCCEEDED) >= 0) {
            return;
        }
        succeededIn = event.block();
        change(record.succeeded(event.resultNode(), event.resultHash()));
        if (order().waitFor() != WaitFor.RESULT) {
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
        relayWork.cancel(false);
        CompletableFuture<List<ResultFile>> download = ResultDownload.of(engine.network, record);
        relayWork = download;
        download.whenCompleteAsync(
                (downloaded, error) -> {
                    if (relayWork != download || download.isCancelled()) {
                        if (downloaded != null) {
                            downloaded.forEach(ResultFile::close);
                        }
                        return;
                    }
                    if (error != null) {
                        tell(TaskErrors.resultUnavailable(record, error));
                    } else {
                        files = downloaded;
                        change(record.in(TaskState.DOWNLOADED));
                        done();
                    }
                },
                engine.loop);
    }

    private void done() {
        change(record.in(TaskState.DONE));
        cancel(deadline);
    }

    void onAborted(NetworkEvent.Aborted event) {
        endWhenFinal(TaskState.ABORTED, event.block(), event.reason(), TaskErrors.aborted(record, event.reason()));
    }

    void onReverted(NetworkEvent.Reverted event) {
        endWhenFinal(TaskState.REVERTED, event.block(), event.reason(), TaskErrors.reverted(record, event.reason()));
    }

    void onSuperseded(NetworkEvent.Superseded event) {
        endWhenFinal(TaskState.REJECTED, event.block(), null, TaskErrors.superseded(record));
    }

    /** What ends badly is told only when it is final, since its submitter may then pay for another task. */
    private void endWhenFinal(TaskState state, BlockRef block, String reason, CrynuxException error) {
        if (pendingEnd != null || record.state().isEnd() || record.state().compareTo(TaskState.DOWNLOADED) >= 0) {
            return;
        }
        LOG.debug("{} will end as {} when block {} is final: {}", describe(), state, block.number(), reason);
        relayWork.cancel(false);
        cancel(timer);
        payments.pause();
        pendingEnd = new PendingEnd(state, block, reason, error);
    }

    void onRemoved(Set<String> blockHashes) {
        if (pendingEnd != null && blockHashes.contains(pendingEnd.block().hash())) {
            pendingEnd = null;
            if (record.taskId() == null) {
                payments.keep();
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
            relayWork.cancel(false);
            change(record.in(TaskState.UPLOADED));
        }
    }

    private void onPaymentRemoved() {
        LOG.info("{} left the chain with its block; its payment is sent again", describe());
        // A payment that got lost blocks the wallet's later ones, so it is sent again even when the task has ended.
        payments.resend();
        if (record.state().isEnd()) {
            return;
        }
        engine.forgetTask(record.taskId());
        relayWork.cancel(false);
        succeededIn = null;
        change(record.sent());
        payments.keep();
    }

    void onHead(BlockRef head) {
        if (pendingEnd != null && isFinal(pendingEnd.block(), head)) {
            PendingEnd end = pendingEnd;
            pendingEnd = null;
            payments.settled();
            end(end.state(), end.reason(), end.error());
            engine.forget(this);
        } else if (record.state() == TaskState.DONE && isFinal(record.createdIn(), head)) {
            engine.forget(this);
        }
    }

    private boolean isFinal(BlockRef block, BlockRef head) {
        return head.number().subtract(block.number()).intValue() >= engine.settings.finalityBlocks();
    }

    private void onDeadline() {
        if (record.state().isEnd()) {
            return;
        }
        if (pendingEnd != null) {
            end(pendingEnd.state(), pendingEnd.reason(), pendingEnd.error());
        } else {
            end(TaskState.TIMED_OUT, "deadline passed", TaskErrors.timedOut(record));
        }
        if (record.payments().isEmpty() || record.createdIn() != null) {
            engine.forget(this);
        }
        // Else the payment may still be mined: it stays watched, and is sent again, until it is known what became of
        // it.
    }

    void shutdown() {
        payments.settled();
        if (!told) {
            told = true;
            CrynuxShutdownException error = TaskErrors.shutdown(record);
            result.completeExceptionally(error);
        }
        stopWork();
        engine.forget(this);
    }

    private void end(TaskState state, String reason, CrynuxException error) {
        stopWork();
        change(record.ended(state, reason));
        tell(error);
    }

    private void stopWork() {
        relayWork.cancel(false);
        cancel(deadline);
        cancel(timer);
    }

    /** Every change of state goes through here: it is journaled, logged, and told to a submitter who waits for it. */
    private void change(TaskRecord changed) {
        record = changed;
        log();
        engine.journal.write(record).whenComplete((written, error) -> {
            if (error != null) {
                LOG.error("The task journal could not keep that {} is {}", describe(), changed.state(), error);
            }
        });
        if (!told && order().waitFor().isReachedBy(record.state())) {
            told = true;
            TaskResult reached = TaskResults.of(record, files);
            engine.tell(result, future -> future.complete(reached));
        }
    }

    private void tell(CrynuxException error) {
        if (!told) {
            told = true;
            engine.tell(result, future -> future.completeExceptionally(error));
        }
    }

    private void log() {
        switch (record.state()) {
            case SENT -> LOG.info("{}: SENT, pays {}", describe(), TaskFacts.cnx(order().feeWei()));
            case CREATED ->
                LOG.debug(
                        "{} task {}: CREATED as task {} in block {}",
                        order().kind().id(),
                        shortHash(),
                        record.taskId(),
                        record.createdIn().number());
            default -> LOG.debug("{}: {}", describe(), record.state());
        }
    }

    /** "sd task 7", or "sd task 0x12ab..." by its hash while it has no id. */
    private String describe() {
        return order().kind().id() + " task " + (record.taskId() == null ? shortHash() : record.taskId());
    }

    private String shortHash() {
        return order().taskHash().substring(0, 10) + "...";
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
