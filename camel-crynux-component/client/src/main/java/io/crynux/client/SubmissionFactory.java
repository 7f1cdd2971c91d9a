// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.engine.Submission;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskRequest;
import java.time.Duration;
import java.util.function.Function;

/** Validates requests and turns them into submissions. */
final class SubmissionFactory {
    private final Function<TaskRequest, TaskOrder> orders;
    private final Duration timeout;

    /**
     * @param orders the network's defaults, checks and terms
     * @param timeout the network's default
     */
    SubmissionFactory(Function<TaskRequest, TaskOrder> orders, Duration timeout) {
        this.orders = orders;
        this.timeout = timeout;
    }

    /** @throws io.crynux.client.error.InvalidTaskException if the parameters are not valid */
    Submission submission(TaskRequest request) {
        request.maxFeeWei().filter(most -> request.feeWei().compareTo(most) > 0).ifPresent(most -> {
            throw new BudgetExceededException("The fee of " + TaskFacts.cnx(request.feeWei())
                    + " is above the limit of " + TaskFacts.cnx(most) + ". Nothing was signed");
        });
        TaskOrder order = orders.apply(request);
        String key = request.idempotencyKey().or(request::joinKey).orElse(order.key());
        return new Submission(
                order,
                key,
                request.idempotencyKey().isPresent(),
                request.waitFor(),
                request.timeout().orElse(timeout),
                request.cancelOnTimeout(),
                request.maxAttempts(),
                request.feeIncrease(),
                request.maxFeeWei().orElse(null));
    }
}
