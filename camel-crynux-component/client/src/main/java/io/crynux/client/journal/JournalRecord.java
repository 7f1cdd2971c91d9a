// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskState;

/**
 * What a journal stores: a task, or a transaction of the protocol's own. Immutable; each change creates a new record, which
 * replaces the older one of the same key.
 */
public sealed interface JournalRecord permits TaskRecord, LaneRecord {

    /** Unique key in the journal. */
    String key();

    /** The submitter's own key of the request that it is an attempt at, or null. */
    default String idempotencyKey() {
        return null;
    }

    /** The account that pays, as the protocol names it. */
    String account();

    TaskState state();

    /** Reason why it failed, else null. */
    String reason();

    /** The slot that it uses, or null. */
    Slot slot();

    /** What it can cost; null before anything of it was about to leave the process. */
    Spending spending();

    /** Its final cost, once nothing can change any more; else null. */
    Settlement settlement();

    /** The protocol's part. */
    ProtocolData data();

    /** Whether something of it may have left the process, so that it may be charged. */
    default boolean isCommitted() {
        return spending() != null;
    }

    default boolean isSettled() {
        return settlement() != null;
    }

    /**
     * Whether the network refused it. The network may charge it all the same, so it is watched until that is known for good; its
     * slot is free for another record meanwhile.
     */
    default boolean isRefused() {
        return state() == TaskState.REJECTED && !isSettled() && isCommitted();
    }
}
