// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

/** What became of a request. */
public enum Ending {
    /** Not decided yet. */
    OPEN,
    /** A member has a result. */
    SUCCEEDED,
    /** Cancelled: before anything was sent, or all of its tasks while they were queued. */
    CANCELLED,
    /** Ended by the Relay without a result, and refunded. */
    ABORTED,
    /** Nodes report that the parameters are invalid; refunded. Another attempt would end in the same way. */
    PARAMETERS_REFUSED_BY_NODES,
    /** The nodes' results differ, and the one that is left is not refunded. */
    INVALIDATED,
    /** Not validated in time: the fee is lost. */
    VALIDATION_MISSED,
    /** The creation was refused; not charged. */
    REFUSED,
    /** The creation was never acknowledged and can no longer be accepted; not charged. */
    NOT_CHARGED,
    /** The Relay does not know the task any more. What became of the fee is not determinable from it. */
    NOT_DETERMINABLE,
    /** The Relay says that another address created the task: signatures are by another key. */
    NOT_OURS
}
