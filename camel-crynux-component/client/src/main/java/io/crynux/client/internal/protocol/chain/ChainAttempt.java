// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task on the chain: its payment, its parameters' upload and its end. {@link ChainStage} says where it is, {@link ChainCourse}
 * changes that by what blocks say. Used on the loop only.
 */
final class ChainAttempt implements Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(ChainAttempt.class);
    /** The contract lets a creator cancel 15 minutes after the start; the outcome may take some blocks. */
    private static final Duration CANCELLATION = Duration.ofMinutes(20);
    /** The network can be asked to give the task up. */
    private static final Set<ChainStage> CANCELLABLE =
            EnumSet.of(ChainStage.CREATED, ChainStage.UPLOADED, ChainStage.STUCK);

    private final ChainProtocol protocol;
    private final AttemptContext context;
    private final ChainStages stages;
    private final TaskPayment payment;
    private final StageWork work;
    private final ChainCourse course;
    private final TaskCancellation cancellation;
    private final AttemptEnd end;

    /** The record, as of the last look at it. */
    private ChainRecord decoded;

    /** @param first UNPAID for a new task, RECOVERED for one that an earlier process left */
    ChainAttempt(ChainProtocol protocol, AttemptContext context, ChainStage first) {
        this.protocol = protocol;
        this.context = context;
        this.stages = new ChainStages(first, protocol.onTransition);
        this.payment = new TaskPayment(protocol, this);
        this.work = new StageWork(protocol, this, payment, this::onUploaded);
        this.course = new ChainCourse(protocol, this, stages, payment, work);
        this.cancellation = new TaskCancellation(protocol, context.steps(), this::cancellable);
        this.end = new AttemptEnd(protocol, this, stages, course, payment, work, cancellation);
    }

    ChainRecord record() {
        TaskRecord now = context.record();
        decoded = decoded == null ? ChainRecord.of(now) : decoded.next(now);
        return decoded;
    }

    AttemptContext context() {
        return context;
    }

    /** What happens to it on the loop. */
    Steps steps() {
        return context.steps();
    }

    boolean isPaidBy(String transactionHash) {
        return record().isPaidBy(transactionHash);
    }

    boolean isTask(BigInteger taskId) {
        return taskId.equals(record().taskId());
    }

    /** Whether a payment of it is in a block with that nonce. */
    boolean hasUsed(BigInteger nonce) {
        return course.hasUsed(nonce);
    }

    @Override
    public void start() {
        protocol.tasks.remember(this);
        payment.make(this::onlyNonce, new PaymentOutcome(this, stages, payment, end, this::stopWork));
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

    /** Something happened on the chain that concerns it. */
    void hear(NetworkEvent event) {
        if (event instanceof NetworkEvent.Started started) {
            LOG.debug("{} was started on node {}", ChainFailures.name(record()), started.node());
            context.started();
        } else {
            course.hear(event);
        }
    }

    /** All that happened while nobody looked has been reported. */
    void onCaughtUp() {
        course.onCaughtUp();
        onHead();
    }

    /** Blocks may have become final. */
    void onHead() {
        end.onHead();
    }

    /** Whether its payment is, as far as is known, in no block and can still get into one. */
    boolean isPaymentOpen() {
        return stages.is(ChainStage.UNPAID) || stages.is(ChainStage.SENT);
    }

    /** The payment is in no block although time is up. It stays watched. */
    void onPaymentOverdue() {
        if (!record().state().isEnd()) {
            context.trouble(ChainFailures.overdue(record(), protocol.settings.payments(), payment.obstacle()), false);
        }
    }

    /** Another attempt has a payment of the same bytes, which is watched there. */
    void onTakenOver() {
        end.settleUnpaid();
    }

    private void onUploaded(Throwable error) {
        if (error != null) {
            stages.move(ChainStep.UPLOAD, ChainStage.STUCK);
            context.trouble(ChainFailures.uploadRefused(record(), error), true);
        } else {
            stages.move(ChainStep.UPLOAD, ChainStage.UPLOADED);
            work.uploaded();
        }
    }

    @Override
    public void onResultWanted() {
        course.onResultsUploaded();
    }

    @Override
    public void onDone() {
        work.cancelResultTimer();
        protocol.tasks.watchHeads(this);
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
        return stages.isIn(CANCELLABLE) && record().state() != TaskState.DONE ? record() : null;
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
        work.cancelResultTimer();
        if (stages.is(ChainStage.UNPAID) && record().payments().isEmpty()) {
            end.settleUnpaid();
        } else if (stages.is(ChainStage.SUCCEEDED)) {
            work.leave();
        }
    }

    @Override
    public boolean goOn() {
        boolean timedOut = record().state() == TaskState.TIMED_OUT && !stages.is(ChainStage.SETTLING);
        if (!timedOut && !stages.is(ChainStage.STUCK)) {
            return false;
        }
        LOG.info("{} had been given up; a caller waits for it again", ChainFailures.name(record()));
        cancellation.stop();
        if (record().taskId() == null) {
            context.progress(record().sent());
        } else if (stages.is(ChainStage.SUCCEEDED)) {
            context.progress(record().succeeded(
                            course.success().resultNode(), course.success().resultHash()));
        } else {
            context.progress(record().created(record().taskId(), record().createdIn()));
        }
        if (stages.is(ChainStage.STUCK)) {
            stages.move(ChainStep.RETRY, ChainStage.CREATED);
            work.created();
        } else if (stages.is(ChainStage.UPLOADED)) {
            work.uploaded();
        }
        return true;
    }

    @Override
    public void close() {
        payment.settled();
        cancellation.shutdown();
        stopWork();
        protocol.tasks.forget(this);
        if (!stages.is(ChainStage.OVER)) {
            stages.move(ChainStep.CLOSE, ChainStage.OVER);
        }
    }

    private void stopWork() {
        work.stop();
        cancellation.stop();
    }
}
