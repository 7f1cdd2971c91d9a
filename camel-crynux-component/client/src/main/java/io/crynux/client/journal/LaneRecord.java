// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskState;

/**
 * State of something that a protocol sends on its own, such as a transaction that cancels a task: it belongs to no request, but
 * may cost money and use a slot. Immutable.
 *
 * @param key unique key in the journal
 * @param account the account that pays
 * @param state PREPARED, SENT, or an end
 * @param reason reason why it failed, else null
 * @param slot the slot that it uses; null before it has one
 * @param spending what it can cost; null before anything of it was about to leave the process
 * @param settlement its final cost, once nothing can change any more; else null
 * @param data the protocol's part
 */
public record LaneRecord(
        String key,
        String account,
        TaskState state,
        String reason,
        Slot slot,
        Spending spending,
        Settlement settlement,
        ProtocolData data)
        implements JournalRecord {

    /** One of which nothing has left the process. */
    public static LaneRecord prepared(String key, String account, ProtocolData data) {
        return new LaneRecord(key, account, TaskState.PREPARED, null, null, null, null, data);
    }

    /** Something of it is about to leave the process. */
    public LaneRecord sending(Slot newSlot, Spending newSpending, ProtocolData newData) {
        return new LaneRecord(key, account, TaskState.SENT, reason, newSlot, newSpending, settlement, newData);
    }

    public LaneRecord ended(TaskState end, String why) {
        return new LaneRecord(key, account, end, why, slot, spending, settlement, data);
    }

    /** It has ended for good. */
    public LaneRecord settled(Settlement known) {
        return new LaneRecord(key, account, state, reason, slot, spending, known, data);
    }

    LaneRecord withoutSlot() {
        return new LaneRecord(key, account, state, reason, null, spending, settlement, data);
    }

    public LaneRecord with(ProtocolData newData) {
        return new LaneRecord(key, account, state, reason, slot, spending, settlement, newData);
    }
}
