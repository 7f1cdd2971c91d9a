// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.WaitFor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/**
 * A task that somebody wants, and how.
 *
 * @param order the first attempt
 * @param key submissions of the same key are one request: whoever comes later joins; never null
 * @param keptKey whether the key is the submitter's own and is known for the engine's retention; otherwise it is forgotten
 *     once the task has succeeded
 * @param waitFor how far the submitter waits
 * @param timeout how long
 * @param cancelOnTimeout whether the network is asked to give the task up then
 * @param maxAttempts how many tasks may be paid for when the network aborts them
 * @param feeIncrease what each further attempt pays more, as a fraction
 * @param maxFeeWei what no attempt pays more than, or null
 */
public record Submission(
        TaskOrder order,
        String key,
        boolean keptKey,
        WaitFor waitFor,
        Duration timeout,
        boolean cancelOnTimeout,
        int maxAttempts,
        BigDecimal feeIncrease,
        BigInteger maxFeeWei) {

    /** What is known of the submission of a task that an earlier process took. Nobody waits for it. */
    static Submission recovered(TaskOrder order) {
        boolean kept = order.idempotencyKey() != null;
        return new Submission(
                order,
                kept ? order.idempotencyKey() : order.key(),
                kept,
                WaitFor.RESULT,
                Duration.ZERO,
                false,
                1,
                BigDecimal.ZERO,
                null);
    }

    /** Whether the other is the same request: what it pays does not count. */
    boolean sameRequest(Submission other) {
        return order.kind() == other.order.kind() && order.taskHash().equals(other.order.taskHash());
    }

    /** What the attempt after one of that fee pays. */
    BigInteger raised(BigInteger fee) {
        BigInteger raised =
                new BigDecimal(fee).multiply(BigDecimal.ONE.add(feeIncrease)).toBigInteger();
        return maxFeeWei == null ? raised : raised.min(maxFeeWei);
    }
}
