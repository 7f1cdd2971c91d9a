// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static io.crynux.client.internal.protocol.chain.ChainTransitions.IN_A_BLOCK;

import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes a task's stage by what blocks say of it, and does what follows from that. Used on the loop only. */
final class ChainCourse {
    private static final Logger LOG = LoggerFactory.getLogger(ChainCourse.class);
    private static final Set<ChainStage> BEFORE_SUCCESS =
            EnumSet.of(ChainStage.CREATED, ChainStage.UPLOADED, ChainStage.STUCK);
    /** States of tasks whose failure changes nothing: the result is here. */
    private static final Set<TaskState> DELIVERED = EnumSet.of(TaskState.DOWNLOADED, TaskState.DONE);

    /** States that a task has only with its parameters uploaded. */
    private static final Set<TaskState> UPLOADED_BEFORE =
            EnumSet.of(TaskState.UPLOADED, TaskState.SUCCEEDED, TaskState.DOWNLOADED, TaskState.DONE);

    private final ChainProtocol protocol;
    private final ChainAttempt attempt;
    private final AttemptContext context;
    private final ChainStages stages;
    private final TaskPayment payment;
    private final StageWork work;

    /** While it is RECOVERED. */
    private final CatchUp catchUp = new CatchUp();
    /** While it has succeeded, and while a failure is pending that came after. */
    private NetworkEvent.Succeeded success;
    /** While it is ENDING; with the stage before, which a reorganisation restores. */
    private ChainFailure failure;

    private ChainStage beforeFailure;

    ChainCourse(ChainProtocol protocol, ChainAttempt attempt, ChainStages stages, TaskPayment payment, StageWork work) {
        this.protocol = protocol;
        this.attempt = attempt;
        this.context = attempt.context();
        this.stages = stages;
        this.payment = payment;
        this.work = work;
    }

    private ChainRecord record() {
        return attempt.record();
    }

    /** The success that stands on the chain; of meaning while it has succeeded. */
    NetworkEvent.Succeeded success() {
        return success;
    }

    /** The failure that is pending; of meaning while it is ENDING. */
    ChainFailure failure() {
        return failure;
    }

    /** Whether a payment of it is in a block with that nonce. */
    boolean hasUsed(BigInteger nonce) {
        boolean mined = stages.is(ChainStage.RECOVERED)
                ? catchUp.isMined()
                : record().createdIn() != null || (stages.is(ChainStage.ENDING) && failure.isReverted());
        return mined
                && record().payments().stream().anyMatch(paid -> paid.nonce().equals(nonce));
    }

    /** Something happened on the chain that concerns the task. */
    void hear(NetworkEvent event) {
        switch (stages.current()) {
            case RECOVERED -> remember(event);
            case SETTLING, OVER -> LOG.trace("{} has ended; {} changes nothing", name(), event);
            default -> apply(event);
        }
    }

    private void remember(NetworkEvent event) {
        catchUp.hear(event);
        if (event instanceof NetworkEvent.Created created) {
            protocol.tasks.rememberTask(created.taskId(), attempt);
        }
    }

    private void apply(NetworkEvent event) {
        if (event instanceof NetworkEvent.Created created) {
            onCreated(created);
        } else if (event instanceof NetworkEvent.Succeeded succeeded) {
            onSucceeded(succeeded);
        } else if (event instanceof NetworkEvent.ResultsUploaded) {
            onResultsUploaded();
        } else if (event instanceof NetworkEvent.Removed removed) {
            onRemoved(removed.blockHashes());
        } else {
            onFailed(event);
        }
    }

    private void onCreated(NetworkEvent.Created created) {
        payment.settled();
        protocol.tasks.rememberTask(created.taskId(), attempt);
        if (created.taskId().equals(record().taskId())) {
            context.note(record().found(created.taskId(), created.block()));
            return;
        }
        if (stages.isIn(IN_A_BLOCK)) {
            // The reorganisation is reported by what it led to.
            stages.move(ChainStep.REVERT, ChainStage.SENT);
        }
        stages.move(ChainStep.CREATE, ChainStage.CREATED);
        note(created);
        work.created();
    }

    private void note(NetworkEvent.Created created) {
        context.note(record().mined(created.transactionHash()));
        if (record().isRefused()) {
            LOG.warn(
                    "The payment of {} was reported as refused ({}), and is in block {} all the same, as task {}: it was paid"
                            + " after all. The task goes on; whoever submits its request again joins it",
                    name(),
                    record().reason(),
                    created.block().number(),
                    created.taskId());
            payment.paidAfterAll();
            context.chargedAfterAll();
        } else if (record().state().isEnd()) {
            // Its submitter knows already that it may still be mined. It counts until the network is done with it.
            LOG.info("{} was created as task {} after it had ended as {}", name(), created.taskId(), record().state());
            context.note(record().found(created.taskId(), created.block()));
            return;
        }
        context.progress(record().created(created.taskId(), created.block()));
    }

    private void onSucceeded(NetworkEvent.Succeeded succeeded) {
        if (stages.isIn(BEFORE_SUCCESS)) {
            success = succeeded;
            stages.move(ChainStep.SUCCEED, ChainStage.SUCCEEDED);
            work.succeeded(succeeded, protocol.settings.downloadDelay());
        } else if (stages.is(ChainStage.SUCCEEDED)) {
            success = succeeded;
        }
    }

    /** The result is there, or somebody wants it who can be told whether it is. */
    void onResultsUploaded() {
        if (stages.is(ChainStage.SUCCEEDED)) {
            work.resultsReady();
        }
    }

    private void onFailed(NetworkEvent event) {
        boolean aborted = event instanceof NetworkEvent.Aborted;
        boolean standing = stages.is(ChainStage.ENDING) ? IN_A_BLOCK.contains(beforeFailure) : stages.isIn(IN_A_BLOCK);
        if (aborted != standing || changesNothing(event)) {
            return;
        }
        ChainFailure found = failure(event);
        if (!stages.is(ChainStage.ENDING)) {
            beforeFailure = stages.is(ChainStage.UNPAID) ? ChainStage.SENT : stages.current();
            failure = found;
            stages.move(ChainStep.FAIL, ChainStage.ENDING);
            work.failed();
        } else if (failure.yieldsTo(found)) {
            failure = found;
        }
    }

    /** What is aborted after its result was delivered, such as by a late cancelTask, costs and delivers the same. */
    private boolean changesNothing(NetworkEvent failed) {
        return failed instanceof NetworkEvent.Aborted && DELIVERED.contains(record().state());
    }

    private ChainFailure failure(NetworkEvent event) {
        if (event instanceof NetworkEvent.Reverted reverted) {
            context.note(record().mined(reverted.transactionHash()));
            if (record().isRefused()) {
                LOG.warn(
                        "The payment of {} was reported as refused ({}), and is in block {} all the same, where it was"
                                + " reverted: its gas was spent, its fee was not",
                        name(),
                        record().reason(),
                        reverted.block().number());
            }
        }
        return ChainFailure.of(event, record(), nonce -> protocol.tasks.isUsedByOther(nonce, attempt));
    }

    private void onRemoved(Set<String> blockHashes) {
        BlockRef createdIn = record().createdIn();
        boolean uncreated = createdIn != null && blockHashes.contains(createdIn.hash());
        boolean restored = stages.is(ChainStage.ENDING) && (uncreated || failure.isIn(blockHashes));
        if (restored) {
            stages.move(ChainStep.REVERT, beforeFailure);
        }
        if (uncreated && stages.isIn(IN_A_BLOCK)) {
            stages.move(ChainStep.REVERT, ChainStage.SENT);
            uncreate();
            work.sent();
        } else if (stages.is(ChainStage.SUCCEEDED)
                && blockHashes.contains(success.block().hash())) {
            stages.move(ChainStep.REVERT, ChainStage.UPLOADED);
            work.uploaded();
        } else if (restored) {
            enter(protocol.settings.downloadDelay());
        }
    }

    private void uncreate() {
        LOG.info("The block of {} was reverted by a reorganisation; its payment is sent again", name());
        protocol.tasks.forgetTask(record().taskId());
        work.uncreated();
    }

    /** Everything that happened while no process ran has been heard. */
    void onCaughtUp() {
        if (!stages.is(ChainStage.RECOVERED)) {
            return;
        }
        ChainStage reached = catchUp.created() != null ? created(catchUp.created()) : notCreated();
        if (catchUp.failed() == null || changesNothing(catchUp.failed())) {
            stages.move(ChainStep.CATCH_UP, reached);
        } else {
            failure = failure(catchUp.failed());
            beforeFailure = reached;
            stages.move(ChainStep.CATCH_UP, ChainStage.ENDING);
        }
        enter(Duration.ZERO);
        if (record().state() == TaskState.DONE) {
            protocol.tasks.watchHeads(attempt);
        }
    }

    private ChainStage created(NetworkEvent.Created created) {
        payment.settled();
        boolean uploaded = UPLOADED_BEFORE.contains(record().state());
        boolean known = created.taskId().equals(record().taskId());
        if (known) {
            context.note(record().found(created.taskId(), created.block()));
        } else {
            note(created);
        }
        if (catchUp.succeeded() != null) {
            success = catchUp.succeeded();
            return ChainStage.SUCCEEDED;
        }
        return known && uploaded ? ChainStage.UPLOADED : ChainStage.CREATED;
    }

    private ChainStage notCreated() {
        if (record().isRefused()) {
            return ChainStage.REFUSED;
        }
        if (record().taskId() != null) {
            uncreate();
        }
        return ChainStage.SENT;
    }

    /** Does what the stage calls for that a reorganisation or a catch-up has led to. */
    private void enter(Duration resultDelay) {
        switch (stages.current()) {
            case SENT -> work.sent();
            case REFUSED -> work.refused();
            case CREATED -> work.created();
            case UPLOADED -> work.uploaded();
            case SUCCEEDED -> work.succeeded(success, resultDelay);
            case ENDING -> work.failed();
            default -> LOG.trace("{} is {}", name(), stages.current());
        }
    }

    /** Whether the network has done its work, which only a reorganisation can revert. */
    boolean isDone() {
        return stages.isIn(IN_A_BLOCK)
                && (record().state() == TaskState.DONE
                        || (record().state() == TaskState.TIMED_OUT && stages.is(ChainStage.SUCCEEDED)));
    }

    private String name() {
        return ChainFailures.name(record());
    }
}
