// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.task.AbortReason;

/** What became of the fee of one task (relay protocol, section 7.1). */
public enum Charge {
    /** Not created, so not charged. */
    NONE,
    /** Charged; the task has not ended, or its end is not read yet. */
    OPEN,
    /** Charged and not refunded. */
    PAID,
    /** Charged and refunded. */
    REFUNDED,
    /** The Relay does not tell any more. The ledger may. */
    UNKNOWN;

    /** The charge of a member. */
    public static Charge of(Member member) {
        return switch (member.loss()) {
            case REFUSED, NOT_CHARGED, NOT_OURS -> NONE;
            case PURGED, VANISHED, UNKNOWN -> UNKNOWN;
            case NONE -> ofTask(member);
        };
    }

    private static Charge ofTask(Member member) {
        if (!member.isActive()) {
            return NONE;
        }
        if (!member.isEnded()) {
            return OPEN;
        }
        return switch (member.status()) {
            case END_SUCCESS, END_GROUP_SUCCESS, END_INVALIDATED -> PAID;
            case END_GROUP_REFUND -> REFUNDED;
            default -> ofAborted(member.abortReason());
        };
    }

    /** Every reason is refunded but one; a new one is not guessed. */
    private static Charge ofAborted(AbortReason reason) {
        return switch (reason) {
            case CREATOR_VALIDATION_TIMEOUT -> PAID;
            case UNKNOWN, NONE -> UNKNOWN;
            default -> REFUNDED;
        };
    }
}
