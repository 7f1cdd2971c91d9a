// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.money;

import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;

/** What has become of a task's fee, which the creator paid when the task was created (relay.md, section 7.1). */
public enum FeeState {
    /** The task has not ended: the fee can still come back. */
    RESERVED,
    /** The task has ended, and the fee is gone. */
    PAID,
    /** The task has ended, and the creator has the fee back. */
    REFUNDED;

    /** The state that the end of a task prescribes. */
    public static FeeState of(RelayTask task) {
        return switch (task.status()) {
            case QUEUED, STARTED, ERROR_REPORTED, SCORE_READY, VALIDATED, GROUP_VALIDATED -> RESERVED;
            case END_INVALIDATED, END_SUCCESS, END_GROUP_SUCCESS -> PAID;
            case END_GROUP_REFUND -> REFUNDED;
            case END_ABORTED -> task.abortReason() == AbortReason.CREATOR_VALIDATION_TIMEOUT ? PAID : REFUNDED;
        };
    }
}
