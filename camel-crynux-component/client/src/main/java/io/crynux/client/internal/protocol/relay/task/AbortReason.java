// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

/** Why the Relay ended a task without a result (relay protocol, section 5.2). Each is refunded, except one. */
public enum AbortReason {
    NONE(0),
    /** Too long in the queue, or in execution. */
    TIMEOUT(1),
    MODEL_DOWNLOAD_FAILED(2),
    /** The members of a group have different results. */
    INCORRECT_RESULT(3),
    TASK_FEE_TOO_LOW(4),
    /** Fewer than two members of a group have finished. */
    GROUP_TIMEOUT(5),
    /** The node reported invalid parameters, and the creator has validated that. */
    ERROR_REPORTED(6),
    CREATOR_CANCELLED(7),
    /** Not validated in time. The fee goes to the node and is not refunded. */
    CREATOR_VALIDATION_TIMEOUT(8),
    /** The node did not upload the result in time. */
    RESULT_UPLOAD_TIMEOUT(9),
    NODE_SLASHED(10),
    /** A number that this version does not know. */
    UNKNOWN(-1);

    private final int number;

    AbortReason(int number) {
        this.number = number;
    }

    /** The reason with the Relay's number. */
    public static Numbered<AbortReason> of(int number) {
        return Numbered.of(number, AbortReason::known);
    }

    private static AbortReason known(int number) {
        for (AbortReason reason : values()) {
            if (reason.number == number && reason != UNKNOWN) {
                return reason;
            }
        }
        return UNKNOWN;
    }

    /** The Relay's number; -1 for {@link #UNKNOWN}. */
    public int number() {
        return number;
    }
}
