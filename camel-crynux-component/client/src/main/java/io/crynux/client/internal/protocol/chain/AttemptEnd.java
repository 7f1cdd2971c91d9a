// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.journal.Settlement;
import io.crynux.client.task.TaskState;

/** Ends a task on the chain once its end is final, and reports that to the engine. Used on the loop only. */
final class AttemptEnd implements TaskEnding.Owner {
    private final ChainProtocol protocol;
    private final ChainAttempt attempt;
    private final AttemptContext context;
    private final ChainStages stages;
    private final ChainCourse course;
    private final TaskPayment payment;
    private final StageWork work;
    private final TaskCancellation cancellation;
    private final TaskEnding ending;

    AttemptEnd(
            ChainProtocol protocol,
            ChainAttempt attempt,
            ChainStages stages,
            ChainCourse course,
            TaskPayment payment,
            StageWork work,
            TaskCancellation cancellation) {
        this.protocol = protocol;
        this.attempt = attempt;
        this.context = attempt.context();
        this.stages = stages;
        this.course = course;
        this.payment = payment;
        this.work = work;
        this.cancellation = cancellation;
        this.ending = new TaskEnding(protocol, attempt.steps(), this);
    }

    @Override
    public ChainRecord record() {
        return attempt.record();
    }

    /** Blocks may have become final. */
    void onHead() {
        if (stages.is(ChainStage.ENDING)
                && protocol.finality.isFinal(course.failure().block())) {
            finalise();
            ending.conclude(course.failure());
        } else if (course.isDone() && record().createdIn() != null && protocol.finality.isFinal(record().createdIn())) {
            finalise();
            ending.settle(TaskState.DONE);
        }
    }

    private void finalise() {
        stages.move(ChainStep.FINALISE, ChainStage.SETTLING);
        payment.settled();
        cancellation.stop();
    }

    /** Nothing was ever sent, for that reason. */
    void unpaid(CrynuxException error) {
        ending.unpaid(error.getMessage(), error);
    }

    /** It can cost nothing any more. */
    void settleUnpaid() {
        ending.settle(TaskState.REJECTED);
    }

    @Override
    public void onEnded(ChainFailure failure, Settlement settlement) {
        if (over()) {
            work.stop();
            cancellation.stop();
            context.ended(failure.state(), failure.reason(), settlement, failure.error(), failure.again());
        }
    }

    @Override
    public void onSettled(Settlement settlement) {
        if (over()) {
            cancellation.stop();
            context.settled(settlement);
        }
    }

    /** @return whether it was not over already, as after the client was closed */
    private boolean over() {
        if (stages.is(ChainStage.OVER)) {
            return false;
        }
        stages.move(ChainStep.SETTLE, ChainStage.OVER);
        protocol.tasks.forget(attempt);
        return true;
    }
}
