// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which slots are used. Not thread-safe. */
final class SlotIndex {
    /** Keys of the open records that use each slot: more than one where a refused one was charged after all. */
    private final Map<Slot, Set<String>> users = new HashMap<>();
    /** The highest number of each lane that a settled record has used. */
    private final Map<String, BigInteger> settled = new HashMap<>();

    /** Whether a record uses its slot. */
    static boolean isUsed(JournalRecord record) {
        return record != null && record.slot() != null && !record.isSettled() && !record.isRefused();
    }

    /**
     * A record has changed.
     *
     * @param before null where there was none
     */
    void replace(JournalRecord before, JournalRecord now) {
        if (isUsed(before)) {
            remove(before);
        }
        if (isUsed(now)) {
            users.computeIfAbsent(now.slot(), slot -> new HashSet<>()).add(now.key());
        }
    }

    /** A record that was open is settled. */
    void remove(JournalRecord before) {
        Set<String> left = before.slot() == null ? null : users.get(before.slot());
        if (left != null && left.remove(before.key()) && left.isEmpty()) {
            users.remove(before.slot());
        }
    }

    /** A settled record had that slot: it has used it, unless it ended as one that the network does not have. */
    void settled(Slot slot, TaskState state) {
        if (slot != null && state != TaskState.REJECTED) {
            used(slot.lane(), slot.number());
        }
    }

    void used(String lane, BigInteger number) {
        settled.merge(lane, number, BigInteger::max);
    }

    /** Keys of the open records that use a slot. */
    Set<String> users(Slot slot) {
        return users.getOrDefault(slot, Set.of());
    }

    /** The record when its slot is released. */
    static JournalRecord released(JournalRecord record) {
        return record instanceof TaskRecord task
                ? task.committed(task.state(), null, task.spending(), task.data())
                : ((LaneRecord) record).withoutSlot();
    }

    Lane lane(String id) {
        Set<BigInteger> open = new HashSet<>();
        BigInteger highest = settled.get(id);
        for (Slot slot : users.keySet()) {
            if (slot.lane().equals(id)) {
                open.add(slot.number());
                highest = highest == null ? slot.number() : highest.max(slot.number());
            }
        }
        return new Lane(highest, open);
    }

    /** The highest number of each lane that a settled record has used. */
    Map<String, BigInteger> settled() {
        return Map.copyOf(settled);
    }
}
