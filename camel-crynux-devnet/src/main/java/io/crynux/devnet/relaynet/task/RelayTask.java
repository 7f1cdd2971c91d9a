// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A task as the Relay has it. Immutable; each step makes a new one.
 *
 * @param sequence the number that the Relay gives to each creation, ascending
 * @param samplingSeed 32 bytes as hex with prefix, chosen by the Relay
 * @param taskId revealed by a validation, kept even where that is refused; empty before
 */
public record RelayTask(
        long sequence,
        TaskOrder order,
        String samplingSeed,
        TaskStatus status,
        AbortReason abortReason,
        Work work,
        Optional<String> taskId,
        TaskTimes times) {

    /** A task that has just been created. */
    public static RelayTask created(long sequence, TaskOrder order, String samplingSeed, Instant now) {
        return new RelayTask(
                sequence,
                order,
                samplingSeed,
                TaskStatus.QUEUED,
                AbortReason.NONE,
                new Work("", order.timeout(), "", 0),
                Optional.empty(),
                TaskTimes.of(now));
    }

    public String commitment() {
        return order.commitment();
    }

    /** Whether the step is possible now. */
    public boolean allows(TaskStep step) {
        return TaskTransitions.TABLE.next(status, step).isPresent();
    }

    /**
     * The task after a step that needs nothing more.
     *
     * @throws IllegalStateException when the step is not possible now
     */
    public RelayTask after(TaskStep step, Instant now) {
        return after(step, now, UnaryOperator.identity(), abortReason);
    }

    private RelayTask after(TaskStep step, Instant now, UnaryOperator<Work> change, AbortReason reason) {
        TaskStatus next = TaskTransitions.TABLE
                .next(status, step)
                .orElseThrow(() -> new IllegalStateException(step + " is not possible in state " + status));
        return new RelayTask(
                sequence, order, samplingSeed, next, reason, change.apply(work), taskId, times.with(step, now));
    }

    /**
     * The task, given to a node.
     *
     * @param timeout of the execution, in seconds
     */
    public RelayTask dispatched(String node, long timeout, Instant now) {
        return after(TaskStep.DISPATCHED, now, before -> before.by(node, timeout), abortReason);
    }

    /** The task with its node's score. */
    public RelayTask scored(String score, Instant now) {
        return after(TaskStep.SCORED, now, before -> before.withScore(score), abortReason);
    }

    /** The task whose node reported invalid parameters. */
    public RelayTask failed(Instant now) {
        return after(TaskStep.FAILED, now, Work::withError, abortReason);
    }

    /** The task, ended without a result. */
    public RelayTask aborted(AbortReason reason, Instant now) {
        RelayTask aborted = after(TaskStep.ABORTED, now, UnaryOperator.identity(), reason);
        return reason.isByValidation() ? aborted.with(aborted.times.validatedAt(now)) : aborted;
    }

    private RelayTask with(TaskTimes newTimes) {
        return new RelayTask(sequence, order, samplingSeed, status, abortReason, work, taskId, newTimes);
    }

    /** The task with its id, which a validation has revealed. */
    public RelayTask revealed(String id) {
        return new RelayTask(sequence, order, samplingSeed, status, abortReason, work, Optional.of(id), times);
    }

    /** The task as if it had changed last at that time. */
    public RelayTask updatedAt(Instant when) {
        return with(times.updatedAt(when));
    }

    /** How long its node took; the longest time before it has finished. */
    public Duration executionTime() {
        return times.started()
                .flatMap(start -> times.scoreReady().map(end -> Duration.between(start, end)))
                .orElse(Duration.ofSeconds(Long.MAX_VALUE));
    }

    /** Never prints the task id. */
    @Override
    public String toString() {
        return order + ", " + status + (abortReason == AbortReason.NONE ? "" : " (" + abortReason + ")");
    }
}
