// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.task.TaskState;

/** What the node's answer to a payment means, where blocks have not been quicker and know better. Used on the loop only. */
final class PaymentOutcome implements PaymentAttempts.Payer {
    private final ChainAttempt attempt;
    private final AttemptContext context;
    private final ChainStages stages;
    private final TaskPayment payment;
    private final AttemptEnd end;
    private final Runnable stopWork;

    PaymentOutcome(ChainAttempt attempt, ChainStages stages, TaskPayment payment, AttemptEnd end, Runnable stopWork) {
        this.attempt = attempt;
        this.context = attempt.context();
        this.stages = stages;
        this.payment = payment;
        this.end = end;
        this.stopWork = stopWork;
    }

    @Override
    public void onPaid(boolean doubtful) {
        if (stages.is(ChainStage.OVER)) {
            return;
        }
        if (attempt.record().state() == TaskState.SIGNED) {
            context.progress(attempt.record().sent());
        }
        if (stages.is(ChainStage.UNPAID)) {
            stages.move(ChainStep.SEND, ChainStage.SENT);
            payment.keep(doubtful);
        }
    }

    /** It is reported as unpaid. Its payment stays watched until its nonce is used, since nodes have been wrong. */
    @Override
    public void onRefused(CrynuxException refusal) {
        if (stages.is(ChainStage.UNPAID)) {
            stages.move(ChainStep.REFUSE, ChainStage.REFUSED);
            stopWork.run();
            context.refused(refusal);
            payment.refused();
        }
    }

    @Override
    public void onUnpaid(CrynuxException error) {
        if (stages.is(ChainStage.UNPAID)) {
            end.unpaid(error);
        }
    }
}
