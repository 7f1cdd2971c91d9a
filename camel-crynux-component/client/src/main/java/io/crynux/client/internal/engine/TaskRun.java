// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One task on its way; used on the engine's loop only. */
final class TaskRun implements TaskEnding.Owner, PaymentAttempts.Payer {
    private static final Logger LOG = LoggerFactory.getLogger(TaskRun.class);

    private final TaskEngine engine;
    private final TaskJob job;
    private final TaskPayment payment;
    private final TaskTransfers transfers;
    private final TaskCancellation cancellation;
    private final TaskEnding ending;
    private final TaskTimes times;
    private final Steps steps;
    /** Read by anybody when the loop hangs. */
    private volatile TaskRecord record;
    /** The last write of the record. */
    private CompletionStage<Void> kept = CompletableFuture.completedFuture(null);

    /** The success that stands on the chain, or null. */
    private NetworkEvent.Succeeded success;

    private boolean uploadRefused;
    private ScheduledFuture<?> timer;
    /** Whether an earlier process left it and the events since then are only being read: nothing is sent meanwhile. */
    private boolean catchingUp;
    /** Whether an event said that the payment is in the chain. */
    private boolean confirmed;
    /** Whether its nonce was used by the payment of another task of this client. */
    private boolean lostToOwn;

    TaskRun(TaskEngine engine, TaskRecord record, TaskJob job) {
        this.engine = engine;
        this.job = job;
        this.record = record;
        this.steps = new Steps(engine, this::onBroken);
        this.payment = new TaskPayment(engine, this);
        this.transfers = new TaskTransfers(engine, steps, () -> engine.tasks.watchHeads(this));
        this.cancellation = new TaskCancellation(engine, steps, this::cancellable);
        this.ending = new TaskEnding(engine, steps, this);
        this.times = new TaskTimes(engine.observer, record.order().kind());
    }

    @Override
    public TaskRecord record() {
        return record;
    }

    TaskJob job() {
        return job;
    }

    /** What happens to it on the loop. */
    Steps steps() {
        return steps;
    }

    boolean isPaidBy(String transactionHash) {
        return record.payments().stream()
                .anyMatch(paid -> paid.transactionHash().equals(transactionHash));
    }

    boolean isTask(BigInteger taskId) {
        return taskId.equals(record.taskId());
    }

    /** It is new, and is started when there is room. */
    void awaitStart() {
        times.begin();
        engine.admission.admit(this);
    }

    void start() {
        engine.tasks.remember(this);
        change(record);
        payment.make(job::refusedNonce);
    }

    /** Takes the task up where an earlier process left it; events tell what happened since, and then {@link #onCaughtUp}. */
    void recover() {
        catchingUp = true;
        engine.tasks.remember(this);
        record.payments().forEach(signed -> engine.tasks.rememberPayment(signed.transactionHash(), this));
        if (record.isRefused()) {
            payment.refused();
            return;
        }
        engine.network.watch(record.payments(), true);
        if (!record.cancellations().isEmpty()) {
            // An earlier version had it in the task's own record.
            CancelRun.ofTaskRecord(engine, record);
        }
        if (record.state() != TaskState.DONE) {
            engine.admission.readmit(this);
        }
    }

    /** All that happened while nobody looked has been told. */
    void onCaughtUp() {
        catchingUp = false;
        if (record.isSettled()) {
            return;
        }
        if (ending.isPending() || record.isRefused()) {
            onHead();
        } else if (record.taskId() == null) {
            if (record.state() == TaskState.SIGNED) {
                change(record.sent());
            }
            payment.sendAgain();
        } else if (!confirmed) {
            onPaymentRemoved();
        } else if (record.state() == TaskState.CREATED || (record.state() == TaskState.TIMED_OUT && success == null)) {
            upload();
        } else if (record.state() == TaskState.SUCCEEDED || record.state() == TaskState.DOWNLOADED) {
            onSuccessRecovered();
        } else {
            engine.tasks.watchHeads(this);
            onHead();
        }
    }

    private void onSuccessRecovered() {
        if (success == null) {
            change(record.in(TaskState.UPLOADED));
        } else if (job.wantsResult()) {
            change(record.in(TaskState.SUCCEEDED));
            onResultsUploaded();
        } else {
            done();
        }
    }

    /** Its record has another payment, which leaves when that is journaled. */
    void paying(TaskRecord signed) {
        record = signed;
    }

    /** Whether it is known that the payment is in a block, or can be in none, although not yet for good. */
    boolean isPaymentSettled() {
        return record.taskId() != null || ending.isPending();
    }

    /** The payment is in no block although time is up. It stays watched. */
    void onPaymentOverdue() {
        if (!record.state().isEnd()) {
            job.onTrouble(TaskErrors.overdue(record, engine.settings.payments(), payment.obstacle()), false);
        }
    }

    @Override
    public void onUnpaid(CrynuxException error) {
        ending.unpaid(error.getMessage(), error);
    }

    @Override
    public void onPaid(boolean doubtful) {
        // The follower may have been quicker than the node's answer.
        if (record.state() == TaskState.SIGNED) {
            change(record.sent());
        }
        if (record.taskId() == null) {
            payment.keep(doubtful);
        }
    }

    /** Reported as unpaid. The payment stays watched until its nonce is used, since nodes have been wrong. */
    @Override
    public void onRefused(CrynuxException refusal) {
        if (isPaymentSettled()) {
            // The follower was quicker, and knows better.
            return;
        }
        boolean told = record.state().isEnd();
        stopWork();
        change(record.ended(TaskState.REJECTED, refusal.getMessage()));
        payment.refused();
        engine.admission.left(this);
        job.onRefused(this);
        if (!told) {
            job.onEnd(this, refusal);
        }
    }

    /** Another run has a payment of the same bytes, which is watched there. */
    void onTakenOver() {
        ending.settle(TaskState.REJECTED);
    }

    /** Somebody pays for the request again, and the payment that was refused before is in a block after all. */
    void abandon() {
        if (record.payments().isEmpty()) {
            giveUp("the payment that was refused before was mined after all");
        }
    }

    /** Whether a payment of it is in a block with that nonce. */
    boolean hasUsed(BigInteger nonce) {
        return (record.createdIn() != null || ending.isReverted())
                && record.payments().stream().anyMatch(paid -> paid.nonce().equals(nonce));
    }

    void onCreated(NetworkEvent.Created event) {
        payment.settled();
        confirmed = true;
        engine.tasks.rememberTask(event.taskId(), this);
        if (event.taskId().equals(record.taskId())) {
            record = record.found(event.taskId(), event.block());
            return;
        }
        record = record.mined(event.transactionHash());
        ending.takeBack();
        if (record.isRefused()) {
            LOG.warn(
                    "The payment of {} was reported as refused ({}), and is in block {} all the same, as task {}: it was paid"
                            + " after all. The task goes on; whoever submits its request again joins it",
                    describe(),
                    record.reason(),
                    event.block().number(),
                    event.taskId());
            payment.paidAfterAll();
            engine.admission.readmit(this);
            job.onPaidAfterAll(this);
        }
        if (record.state().isEnd() && !record.isRefused()) {
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
        if (catchingUp) {
            return;
        }
        uploadRefused = false;
        transfers.upload(record, error -> {
            if (error != null) {
                uploadRefused = true;
                job.onTrouble(TaskErrors.uploadRefused(record, error), true);
            } else if (record.state() == TaskState.CREATED) {
                change(record.in(TaskState.UPLOADED));
            }
        });
    }

    void onStarted(NetworkEvent.Started event) {
        LOG.debug("{} was started on node {}", describe(), event.node());
        engine.admission.started(this);
    }

    void onSucceeded(NetworkEvent.Succeeded event) {
        success = event;
        if (record.state() == TaskState.TIMED_OUT) {
            LOG.info("{} succeeded after its submission had timed out", describe());
            leave();
            return;
        }
        if (record.state().compareTo(TaskState.SUCCEEDED) >= 0) {
            return;
        }
        change(record.succeeded(event.resultNode(), event.resultHash()));
        if (catchingUp) {
            LOG.debug("{} succeeded while nobody looked", describe());
        } else if (!job.wantsResult()) {
            done();
        } else {
            cancel(timer);
            timer = steps.schedule(engine.settings.downloadDelay(), this::onResultsUploaded);
        }
    }

    void onResultsUploaded() {
        if (record.state() != TaskState.SUCCEEDED || ending.isPending() || catchingUp) {
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
        leave();
    }

    /** The network has done its work: only a reorganisation can change anything. */
    private void leave() {
        engine.tasks.watchHeads(this);
        engine.admission.left(this);
    }

    @Override
    public boolean hasSucceeded() {
        return record.state() == TaskState.DONE || (record.state() == TaskState.TIMED_OUT && success != null);
    }

    void onAborted(NetworkEvent.Aborted event) {
        endWhenFinal(
                TaskState.ABORTED, event.block(), event.reason(), TaskErrors.aborted(record, event.reason(), null));
    }

    void onReverted(NetworkEvent.Reverted event) {
        record = record.mined(event.transactionHash());
        if (record.isRefused()) {
            LOG.warn(
                    "The payment of {} was reported as refused ({}), and is in block {} all the same, where it was reverted: its"
                            + " gas was spent, its fee was not",
                    describe(),
                    record.reason(),
                    event.block().number());
        }
        endWhenFinal(TaskState.REVERTED, event.block(), event.reason(), TaskErrors.reverted(record, event.reason()));
    }

    void onSuperseded(NetworkEvent.Superseded event) {
        lostToOwn |= engine.tasks.isUsedByOther(record.payments().get(0).nonce(), this);
        endWhenFinal(TaskState.REJECTED, event.block(), null, TaskErrors.superseded(record));
    }

    private void endWhenFinal(TaskState state, BlockRef block, String reason, CrynuxException error) {
        boolean over = record.state().compareTo(TaskState.DOWNLOADED) >= 0
                && record.state() != TaskState.TIMED_OUT
                && !record.isRefused();
        if (!over && ending.await(state, block, reason, error)) {
            transfers.stop();
            cancel(timer);
            payment.pause();
            engine.tasks.watchHeads(this);
        }
    }

    void onRemoved(Set<String> blockHashes) {
        if (ending.takeBack(blockHashes)) {
            if (record.isRefused()) {
                payment.refused();
            } else if (record.taskId() == null) {
                payment.sendAgain();
            } else if (record.state() == TaskState.CREATED) {
                upload();
            }
        }
        if (record.createdIn() != null
                && blockHashes.contains(record.createdIn().hash())) {
            onPaymentRemoved();
        } else if (success != null && blockHashes.contains(success.block().hash())) {
            success = null;
            if (!record.state().isEnd()) {
                transfers.stop();
                change(record.in(TaskState.UPLOADED));
            }
        }
    }

    private void onPaymentRemoved() {
        confirmed = false;
        LOG.info("The block of {} was reverted by a reorganisation; its payment is sent again", describe());
        // A payment that got lost blocks the wallet's later ones, so it is sent again even when the task has ended.
        engine.tasks.forgetTask(record.taskId());
        transfers.stop();
        success = null;
        if (record.state().isEnd()) {
            record = record.lost();
        } else {
            change(record.sent());
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

    /** Has the network give the task up; its outcome is reported like any other end. */
    void cancel() {
        cancellation.start();
    }

    /** An earlier process had begun to cancel it. */
    void resumeCancelling(TaskRecord wish) {
        cancellation.resume(wish);
    }

    /** Whether the network can be asked to give it up. */
    boolean isCancellable() {
        return cancellable() != null;
    }

    /** The task that the network can be asked to give up, or null. It is under way still when nobody waits any more. */
    private TaskRecord cancellable() {
        boolean underWay = record.state().compareTo(TaskState.SUCCEEDED) < 0
                || (record.state() == TaskState.TIMED_OUT && success == null);
        return record.taskId() != null && underWay && !ending.isPending() && !ending.isSettling() ? record : null;
    }

    /** The error for a submitter who waits no longer. */
    CrynuxException timeOutError() {
        return TaskErrors.timedOut(record, payment.trouble(), payment.obstacle());
    }

    /**
     * Nobody waits any more. What was paid stays followed, and a payment in no block is sent again, until it is known what
     * became of it: it holds its place among the wallet's tasks for so long. A cancellation goes on, too.
     */
    void giveUp(String why) {
        payment.stopTrying();
        cancel(timer);
        if (record.state() != TaskState.CREATED) {
            // An upload goes on: the task is paid, and without its parameters no node could ever work on it.
            transfers.stop();
        }
        boolean unpaid = record.payments().isEmpty();
        change(record.ended(unpaid ? TaskState.REJECTED : TaskState.TIMED_OUT, why));
        if (unpaid) {
            ending.settle(TaskState.REJECTED);
        } else if (success != null) {
            leave();
        }
    }

    /** A step threw what nobody expects. Whoever waits is told what is known of the money; what is paid stays followed. */
    void onBroken(Throwable error) {
        job.onTrouble(TaskErrors.broken(record, error), true);
        if (!record.state().isEnd()) {
            giveUp("the client failed: " + error);
        }
    }

    /**
     * Somebody waits again for a task that was given up here, but not on the chain: because its time was up, or as the Relay
     * refused its parameters. It goes on where it is.
     *
     * @return whether it was given up, and goes on now
     */
    boolean resumeIfGivenUp() {
        boolean timedOut = record.state() == TaskState.TIMED_OUT && !ending.isSettling();
        if (!timedOut && !(uploadRefused && record.state() == TaskState.CREATED)) {
            return false;
        }
        LOG.info("{} had been given up; a caller waits for it again", describe());
        cancellation.stop();
        if (record.taskId() == null) {
            change(record.sent());
        } else if (success != null) {
            change(record.succeeded(success.resultNode(), success.resultHash()));
        } else {
            change(record.created(record.taskId(), record.createdIn()));
            if (!ending.isPending()) {
                upload();
            }
        }
        return true;
    }

    /** Nobody may want the result although it is there. */
    void doneUnlessWanted() {
        if (record.state() == TaskState.SUCCEEDED && !job.wantsResult()) {
            done();
        }
    }

    void shutdown() {
        payment.settled();
        cancellation.shutdown();
        stopWork();
        engine.forget(this);
    }

    @Override
    public void onEnded(TaskState state, String reason, TaskRecord.Settlement settlement, CrynuxException error) {
        stopWork();
        change(record.ended(state, reason).settled(settlement));
        engine.forget(this);
        if (state == TaskState.REJECTED && lostToOwn) {
            job.onLostToOwn(this);
        } else {
            job.onEnd(this, error);
        }
        whenKept(() -> job.onSettled(this));
    }

    @Override
    public void onSettled(TaskRecord.Settlement settlement) {
        cancellation.stop();
        record = record.settled(settlement);
        write();
        engine.forget(this);
        whenKept(() -> job.onSettled(this));
    }

    /** Until the journal has it, whoever asks with the same key must find the job. */
    private void whenKept(Runnable step) {
        steps.after(kept, (done, error) -> {
            if (error == null) {
                step.run();
            }
        });
    }

    private void stopWork() {
        payment.stopTrying();
        transfers.stop();
        cancellation.stop();
        cancel(timer);
    }

    /** Every change of state goes through here: it is journaled, logged and told. */
    private void change(TaskRecord changed) {
        record = changed;
        TaskLog.state(record);
        write();
        times.onState(record.state());
        job.onChange(this);
    }

    private void write() {
        TaskRecord written = record;
        kept = engine.write(written);
        kept.whenComplete((done, error) -> {
            if (error != null) {
                LOG.error(
                        "The task journal could not store that {} is {}",
                        TaskLog.name(written),
                        written.state(),
                        error);
            }
        });
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
