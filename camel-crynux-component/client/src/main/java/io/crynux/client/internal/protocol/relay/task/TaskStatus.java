// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

/**
 * State of a task in the Relay (relay protocol, section 5.1). The numbers are not ordered by progress: 3 and 4 are alternatives,
 * so states are never compared by order.
 */
public enum TaskStatus {
    /** Created and charged; no node yet. */
    QUEUED(0),
    /** A node works. */
    STARTED(1),
    /** An old form of {@link #STARTED}, which the Relay of today does not set. */
    PARAMETERS_UPLOADED(2),
    /** The node reports invalid parameters. The creator must validate, or the fee is lost. */
    ERROR_REPORTED(3),
    /** The node has a result. The creator must validate, or the fee is lost. */
    SCORE_READY(4),
    /** Validated alone; the node must upload the result. */
    VALIDATED(5),
    /** Validated in a group and chosen to upload the result. */
    GROUP_VALIDATED(6),
    /** Ended: the group's other members have another result. Not refunded. */
    END_INVALIDATED(7),
    /** Ended with a result. */
    END_SUCCESS(8),
    /** Ended without a result; see {@link AbortReason}. */
    END_ABORTED(9),
    /** Ended: another member of the group uploads the equal result. Refunded. */
    END_GROUP_REFUND(10),
    /** Ended with a result, as a member of a group. */
    END_GROUP_SUCCESS(11),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    TaskStatus(int number) {
        this.number = number;
    }

    /** The state with the Relay's number. */
    public static Numbered<TaskStatus> of(int number) {
        return Numbered.of(number, TaskStatus::known);
    }

    private static TaskStatus known(int number) {
        for (TaskStatus status : values()) {
            if (status.number == number && status != UNKNOWN) {
                return status;
            }
        }
        return UNKNOWN;
    }

    /** The Relay's number; -1 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }

    /** Whether nothing can change any more. */
    public boolean isEnd() {
        return switch (this) {
            case END_INVALIDATED, END_SUCCESS, END_ABORTED, END_GROUP_REFUND, END_GROUP_SUCCESS -> true;
            default -> false;
        };
    }

    /** Whether the task has a result to download. Both ends are alike, but only {@link #END_SUCCESS} gives a checkpoint. */
    public boolean isSuccess() {
        return this == END_SUCCESS || this == END_GROUP_SUCCESS;
    }

    /** Whether the node has reported and the creator must validate. */
    public boolean isReady() {
        return this == ERROR_REPORTED || this == SCORE_READY;
    }

    /** Whether a node works on the task. */
    public boolean isRunning() {
        return this == STARTED || this == PARAMETERS_UPLOADED;
    }

    /** Whether the task is validated, and its node must upload the result. */
    public boolean isValidated() {
        return this == VALIDATED || this == GROUP_VALIDATED;
    }
}
