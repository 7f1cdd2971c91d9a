// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import java.util.EnumSet;
import java.util.Set;

/** Why a task ended without a result; {@link #code} is the number that the Relay answers with. */
public enum AbortReason {
    NONE(0),
    /** In the queue or while its node computed. */
    TIMEOUT(1),
    /** No two members of its group are equal. */
    INCORRECT_RESULT(3),
    /** Fewer than two members of its group finished. */
    GROUP_TIMEOUT(5),
    /** Its node reported an error, and the creator validated that. */
    ERROR_REPORTED(6),
    CREATOR_CANCELLED(7),
    /** The creator did not validate in time: the one end without result whose fee is not refunded. */
    CREATOR_VALIDATION_TIMEOUT(8),
    RESULT_UPLOAD_TIMEOUT(9),
    NODE_SLASHED(10);

    private static final Set<AbortReason> BY_VALIDATION = EnumSet.of(INCORRECT_RESULT, GROUP_TIMEOUT, ERROR_REPORTED);

    private final int code;

    AbortReason(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether a validation ended the task. */
    boolean isByValidation() {
        return BY_VALIDATION.contains(this);
    }
}
