// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on the chain: its payment, its parameters' upload, and what the contract's events say of it. Used on the loop only. */
final class ChainAttempt implements Attempt, TaskEnding.Owner, PaymentAttempts.Payer {
    private static final Logger LOG = LoggerFactory.getLogger(ChainAttempt.class);
    /** The contract lets a creator cancel 15 minutes after the start; the outcome may take some blocks. */
    private static final Duration CANCELLATION = Duration.ofMinutes(20);

    private final ChainProtocol protocol;
    private final AttemptContext context;
    private final Steps steps;
    private final TaskPayment payment;
    private final ParameterUpload upload;
    private final TaskCancellation cancellation;
    private final TaskEnding ending;

    /** The record, as of the last look at it. */
    private ChainRecord decoded;
    /** The success that stands on the chain, or null. */
    private NetworkEvent.Succeeded success;

    private boolean uploadRefused;
    /** Reports the result as ready although no event has said so. */
    private ScheduledFuture<?> timer;
    /** Whether an earlier process left it and the events since then are only being read: nothing is sent meanwhile. */
    private boolean catchingUp;
    /** Whether an event said that the payment is in the chain. */
    private boolean confirmed;
    /** Whether its nonce was used by the payment of another task of this client. */
    private boolean lostToOwn;

    ChainAttempt(ChainProtocol protocol, AttemptContext context) {
        this.protocol = protocol;
        this.context = context;
        this.steps = context.steps();
        this.payment = new TaskPayment(protocol, this);
        this.upload = new ParameterUpload(protocol, steps, () -> protocol.tasks.watchHeads(this));
        this.cancellation = new TaskCancellation(protocol, steps, this::cancellable);
        this.ending = new TaskEnding(protocol, steps, this);
    }

    @Override
    public ChainRecord record() {
        TaskRecord now = context.record();
        decoded = decoded == null ? ChainRecord.of(now) : decoded.next(now);
        return decoded;
    }

    AttemptContext context() {
        return context;
    }

    /** What happens to it on the loop. */
    Steps steps() {
        return steps;
    }

    boolean isPaidBy(String transactionHash) {
        return record().isPaidBy(transactionHash);
    }

    boolean isTask(BigInteger taskId) {
        return taskId.equals(record().taskId());
    }

    @Override
    public void start() {
        protocol.tasks.remember(this);
        payment.make(this::onlyNonce);
    }

    /** The one nonce that its payment may have, since one with it was refused and is still watched; else null. */
    private BigInteger onlyNonce() {
        List<TaskRecord> refused = context.refusedBefore();
        return refused.isEmpty()
                ? null
                : ChainRecord.of(refused.get(0)).payments().get(0).nonce();
    }

    /** Takes the task up where an earlier process left it; events tell what happened since, and then {@link #onCaughtUp}. */
    void recover() {
        catchingUp = true;
        protocol.tasks.remember(this);
        record().payments().forEach(signed -> protocol.tasks.rememberPayment(signed.transactionHash(), this));
        if (record().isRefused()) {
            payment.refused();
            return;
        }
        protocol.network.watch(record().payments(), true);
        if (!record().data().cancellations().isEmpty()) {
            // An earlier version had it in the task's own record.
            CancelRun.ofTaskRecord(protocol, record());
        }
    }

    /** All that happened while nobody looked has been reported. */
    void onCaughtUp() {
        catchingUp = false;
        ChainRecord record = record();
        if (record.isSettled()) {
            return;
        }
        if (ending.isPending() || record.isRefused()) {
            onHead();
        } else if (record.taskId() == null) {
            if (record.state() == TaskState.SIGNED) {
                context.progress(record.sent());
            }
            payment.sendAgain();
        } else if (!confirmed) {
            onPaymentRemoved();
        } else if (record.state() == TaskState.CREATED || (record.state() == TaskState.TIMED_OUT && success == null)) {
            upload();
        } else if (record.state() == TaskState.SUCCEEDED || record.state() == TaskState.DOWNLOADED) {
            onSuccessRecovered(record);
        } else {
            protocol.tasks.watchHeads(this);
            onHead();
        }
    }

    private void onSuccessRecovered(ChainRecord record) {
        if (success == null) {
            context.progress(record.in(TaskState.UPLOADED));
            return;
        }
        context.progress(record.in(TaskState.SUCCEEDED));
        context.resultsReady();
    }

    /** Whether it is known that the payment is in a block, or can be in none, although not yet for good. */
    boolean isPaymentSettled() {
        return record().taskId() != null || ending.isPending();
    }

    /** The payment is in no block although time is up. It stays watched. */
    void onPaymentOverdue() {
        if (!record().state().isEnd()) {
            context.trouble(ChainFailures.overdue(record(), protocol.settings.payments(), payment.obstacle()), false);
        }
    }

    @Override
    public void onUnpaid(CrynuxException error) {
        ending.unpaid(error.getMessage(), error);
    }

    @Override
    public void onPaid(boolean doubtful) {
        // The follower may have been quicker than the node's answer.
        if (record().state() == TaskState.SIGNED) {
            context.progress(record().sent());
        }
        if (record().taskId() == null) {
            payment.keep(doubtful);
        }
    }

    /** It is reported as unpaid. Its payment stays watched until its nonce is used, since nodes have been wrong. */
    @Override
    public void onRefused(CrynuxException refusal) {
        if (isPaymentSettled()) {
            // The follower was quicker, and knows better.
            return;
        }
        stopWork();
        context.refused(refusal);
        payment.refused();
    }

    /** Another attempt has a payment of the same bytes, which is watched there. */
    void onTakenOver() {
        ending.settle(TaskState.REJECTED);
    }

    /** Whether a payment of it is in a block with that nonce. */
    boolean hasUsed(BigInteger nonce) {
        return (record().createdIn() != null || ending.isReverted())
                && record().payments().stream().anyMatch(paid -> paid.nonce().equals(nonce));
    }

    void onCreated(NetworkEvent.Created event) {
        payment.settled();
        confirmed = true;
        protocol.tasks.rememberTask(event.taskId(), this);
        if (event.taskId().equals(record().taskId())) {
            context.note(record().found(event.taskId(), event.block()));
            return;
        }
        context.note(record().mined(event.transactionHash()));
        ending.takeBack();
        if (record().isRefused()) {
            LOG.warn(
                    "The payment of {} was reported as refused ({}), and is in block {} all the same, as task {}: it was paid"
                            + " after all. The task goes on; whoever submits its request again joins it",
                    describe(),
                    record().reason(),
                    event.block().number(),
                    event.taskId());
            payment.paidAfterAll();
            context.chargedAfterAll();
        }
        if (record().state().isEnd() && !record().isRefused()) {
            // Its submitter knows already that it may still be mined. It counts until the network is done with it.
            LOG.info(
                    "{} was created as task {} after it had ended as {}", describe(), event.taskId(), record().state());
            context.note(record().found(event.taskId(), event.block()));
            if (record().state() == TaskState.TIMED_OUT) {
                // It is paid; without its parameters no node could ever work on it.
                upload();
            }
            return;
        }
        context.progress(record().created(event.taskId(), event.block()));
        upload();
    }

    private void upload() {
        if (catchingUp) {
            return;
        }
        uploadRefused = false;
        upload.begin(record(), error -> {
            if (error != null) {
                uploadRefused = true;
                context.trouble(ChainFailures.uploadRefused(record(), error), true);
            } else if (record().state() == TaskState.CREATED) {
                context.progress(record().in(TaskState.UPLOADED));
            }
        });
    }

    void onStarted(NetworkEvent.Started event) {
        LOG.debug("{} was started on node {}", describe(), event.node());
        context.started();
    }

    void onSucceeded(NetworkEvent.Succeeded event) {
        success = event;
        if (record().state() == TaskState.TIMED_OUT) {
            LOG.info("{} succeeded after its submission had timed out", describe());
            leave();
            return;
        }
        if (record().state().compareTo(TaskState.SUCCEEDED) >= 0) {
            return;
        }
        TaskRecord succeeded = record().succeeded(event.resultNode(), event.resultHash());
        if (catchingUp) {
            context.note(succeeded);
            return;
        }
        upload.stop();
        context.progress(succeeded);
        if (record().state() == TaskState.SUCCEEDED) {
            cancel(timer);
            timer = steps.schedule(protocol.settings.downloadDelay(), this::onResultsUploaded);
        }
    }

    void onResultsUploaded() {
        if (ending.isPending() || catchingUp) {
            return;
        }
        cancel(timer);
        context.resultsReady();
    }

    @Override
    public void onResultWanted() {
        onResultsUploaded();
    }

    @Override
    public void onDone() {
        cancel(timer);
        protocol.tasks.watchHeads(this);
    }

    /** The network has done its work: only a reorganisation can change anything. */
    private void leave() {
        protocol.tasks.watchHeads(this);
        context.left();
    }

    @Override
    public boolean hasSucceeded() {
        return record().state() == TaskState.DONE || (record().state() == TaskState.TIMED_OUT && success != null);
    }

    void onAborted(NetworkEvent.Aborted event) {
        endWhenFinal(
                TaskState.ABORTED,
                event.block(),
                event.reason(),
                ChainFailures.aborted(record(), event.reason(), null));
    }

    void onReverted(NetworkEvent.Reverted event) {
        context.note(record().mined(event.transactionHash()));
        if (record().isRefused()) {
            LOG.warn(
                    "The payment of {} was reported as refused ({}), and is in block {} all the same, where it was reverted: its"
                            + " gas was spent, its fee was not",
                    describe(),
                    record().reason(),
                    event.block().number());
        }
        endWhenFinal(
                TaskState.REVERTED, event.block(), event.reason(), ChainFailures.reverted(record(), event.reason()));
    }

    void onSuperseded(NetworkEvent.Superseded event) {
        lostToOwn |= protocol.tasks.isUsedByOther(record().payments().get(0).nonce(), this);
        endWhenFinal(TaskState.REJECTED, event.block(), null, ChainFailures.superseded(record()));
    }

    private void endWhenFinal(TaskState state, BlockRef block, String reason, CrynuxException error) {
        ChainRecord record = record();
        boolean over = record.state().compareTo(TaskState.DOWNLOADED) >= 0
                && record.state() != TaskState.TIMED_OUT
                && !record.isRefused();
        if (!over && ending.await(state, block, reason, error)) {
            upload.stop();
            context.pause();
            cancel(timer);
            payment.pause();
            protocol.tasks.watchHeads(this);
        }
    }

    void onRemoved(Set<String> blockHashes) {
        if (ending.takeBack(blockHashes)) {
            if (record().isRefused()) {
                payment.refused();
            } else if (record().taskId() == null) {
                payment.sendAgain();
            } else if (record().state() == TaskState.CREATED) {
                upload();
            }
        }
        BlockRef createdIn = record().createdIn();
        if (createdIn != null && blockHashes.contains(createdIn.hash())) {
            onPaymentRemoved();
        } else if (success != null && blockHashes.contains(success.block().hash())) {
            success = null;
            if (!record().state().isEnd()) {
                upload.stop();
                cancel(timer);
                context.progress(record().in(TaskState.UPLOADED));
            }
        }
    }

    private void onPaymentRemoved() {
        confirmed = false;
        LOG.info("The block of {} was reverted by a reorganisation; its payment is sent again", describe());
        // A payment that got lost blocks the wallet's later ones, so it is sent again even when the task has ended.
        protocol.tasks.forgetTask(record().taskId());
        upload.stop();
        cancel(timer);
        context.pause();
        success = null;
        if (record().state().isEnd()) {
            context.note(record().lost());
        } else {
            context.progress(record().sent());
        }
        payment.sendAgain();
    }

    void onHead() {
        if (catchingUp) {
            return;
        }
        ending.onHead();
    }

    @Override
    public void onFinal() {
        payment.settled();
        cancellation.stop();
    }

    @Override
    public Duration cancel() {
        cancellation.start();
        return CANCELLATION;
    }

    /** An earlier process had begun to cancel it. */
    void resumeCancelling(LaneRecord wish) {
        cancellation.resume(wish);
    }

    @Override
    public boolean isCancellable() {
        return cancellable() != null;
    }

    /** The task that the network can be asked to give up, or null. It is under way still when nobody waits any more. */
    private ChainRecord cancellable() {
        ChainRecord record = record();
        boolean underWay = record.state().compareTo(TaskState.SUCCEEDED) < 0
                || (record.state() == TaskState.TIMED_OUT && success == null);
        return record.taskId() != null && underWay && !ending.isPending() && !ending.isSettling() ? record : null;
    }

    @Override
    public CrynuxException timedOut() {
        return ChainFailures.timedOut(record(), payment.trouble(), payment.obstacle());
    }

    /**
     * What was paid stays followed, and a payment in no block is sent again, until it is known what became of it. An upload goes
     * on: without its parameters no node could ever work on the task. A cancellation goes on, too.
     */
    @Override
    public void giveUp() {
        payment.stopTrying();
        cancel(timer);
        if (record().payments().isEmpty()) {
            ending.settle(TaskState.REJECTED);
        } else if (success != null) {
            leave();
        }
    }

    @Override
    public boolean goOn() {
        ChainRecord record = record();
        boolean timedOut = record.state() == TaskState.TIMED_OUT && !ending.isSettling();
        if (!timedOut && !(uploadRefused && record.state() == TaskState.CREATED)) {
            return false;
        }
        LOG.info("{} had been given up; a caller waits for it again", describe());
        cancellation.stop();
        if (record.taskId() == null) {
            context.progress(record.sent());
        } else if (success != null) {
            context.progress(record.succeeded(success.resultNode(), success.resultHash()));
        } else {
            context.progress(record.created(record.taskId(), record.createdIn()));
            if (!ending.isPending()) {
                upload();
            }
        }
        return true;
    }

    @Override
    public void close() {
        payment.settled();
        cancellation.shutdown();
        stopWork();
        protocol.tasks.forget(this);
    }

    @Override
    public void onEnded(TaskState state, String reason, Settlement settlement, CrynuxException error) {
        stopWork();
        boolean again = state == TaskState.REJECTED && lostToOwn;
        CrynuxException failure = again ? ChainFailures.supersededByOwn(record()) : error;
        protocol.tasks.forget(this);
        context.ended(state, reason, settlement, failure, again);
    }

    @Override
    public void onSettled(Settlement settlement) {
        cancellation.stop();
        protocol.tasks.forget(this);
        context.settled(settlement);
    }

    private void stopWork() {
        payment.stopTrying();
        upload.stop();
        cancellation.stop();
        cancel(timer);
    }

    private String describe() {
        return ChainFailures.name(record());
    }

    private static void cancel(ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
