// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/**
 * A record in a journal file. It leaves out what earlier entries of the same key contain: the order is in the first entry only, and
 * of the protocol's part an entry has what it changes.
 *
 * @param order of a task, in its first entry
 * @param account of a {@link LaneRecord}, in its first entry
 * @param lane of its slot, unless that is its account
 * @param number of its slot
 * @param signedAt time from which on it can cost something, in milliseconds
 * @param data texts by their names, with null for one that is removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JournalEntry(
        String key,
        TaskOrder order,
        String account,
        TaskState state,
        String taskId,
        String reason,
        String lane,
        BigInteger number,
        Long signedAt,
        BigInteger mostWei,
        Long settledAt,
        BigInteger spentWei,
        BigInteger refundedWei,
        Map<String, String> data) {

    /** @param before record of the same key in the file, or null */
    static JournalEntry of(JournalRecord record, JournalRecord before) {
        Spending spending = record.spending();
        Settlement settlement = record.settlement();
        Slot slot = record.slot();
        Map<String, String> changes = record.data().changesSince(before == null ? ProtocolData.EMPTY : before.data());
        boolean isTask = record instanceof TaskRecord;
        return new JournalEntry(
                record.key(),
                before == null && record instanceof TaskRecord task ? task.order() : null,
                before == null && !isTask ? record.account() : null,
                record.state(),
                record instanceof TaskRecord task ? task.taskId() : null,
                record.reason(),
                slot == null || slot.lane().equals(record.account()) ? null : slot.lane(),
                slot == null ? null : slot.number(),
                spending == null ? null : spending.at().toEpochMilli(),
                spending == null ? null : spending.mostWei(),
                settlement == null ? null : settlement.at().toEpochMilli(),
                settlement == null ? null : settlement.spentWei(),
                settlement == null ? null : settlement.refundedWei(),
                changes.isEmpty() ? null : changes);
    }

    /**
     * Applies this entry to the record before it.
     *
     * @param before null for the first entry of a key
     */
    JournalRecord after(JournalRecord before) {
        if (before == null && order == null && account == null) {
            throw new IllegalStateException("The entry of " + key + " has no order before it");
        }
        ProtocolData older = before == null ? ProtocolData.EMPTY : before.data();
        ProtocolData newer = data == null ? older : older.after(data);
        if (order != null || before instanceof TaskRecord) {
            TaskOrder ordered = order == null ? ((TaskRecord) before).order() : order;
            return new TaskRecord(
                    ordered, state, taskId, reason, slot(ordered.creator()), spending(), settlement(), newer);
        }
        String payer = account == null ? before.account() : account;
        return new LaneRecord(key, payer, state, reason, slot(payer), spending(), settlement(), newer);
    }

    private Slot slot(String payer) {
        return number == null ? null : new Slot(lane == null ? payer : lane, number);
    }

    private Spending spending() {
        return signedAt == null ? null : new Spending(Instant.ofEpochMilli(signedAt), mostWei);
    }

    private Settlement settlement() {
        return settledAt == null ? null : new Settlement(Instant.ofEpochMilli(settledAt), spentWei, refundedWei);
    }
}
