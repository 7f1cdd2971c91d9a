// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest record of each task in memory: settled ones without parameters and signed bytes, and only while they are
 * retained. Not thread-safe.
 */
final class RecordIndex {
    private final JournalScope scope;
    private final Map<String, JournalRecord> unsettled = new LinkedHashMap<>();
    private final Map<String, JournalRecord> settled = new HashMap<>();
    /** The keys of the settled ones, the oldest first. */
    private final Deque<String> bySettlement = new ArrayDeque<>();
    /** The task of the newest attempt under each idempotency key. */
    private final Map<String, String> newest = new HashMap<>();

    private final SlotIndex slots = new SlotIndex();

    RecordIndex(JournalScope scope) {
        this.scope = scope;
    }

    /** Takes a record in place of an older one, unless that is settled. */
    void put(JournalRecord record) {
        String key = record.key();
        if (settled.containsKey(key)) {
            return;
        }
        if (!record.isSettled()) {
            slots.replace(unsettled.put(key, record), record);
        } else {
            JournalRecord before = unsettled.remove(key);
            if (before != null) {
                slots.remove(before);
            }
            slots.settled(record.slot(), record.state());
            if (isExpired(record)) {
                forget(record);
                return;
            }
            settled.put(key, record instanceof TaskRecord task ? task.slim() : record);
            bySettlement.addLast(key);
        }
        if (record instanceof TaskRecord task && task.idempotencyKey() != null) {
            newest.merge(
                    task.idempotencyKey(),
                    key,
                    (before, now) -> task.answersInsteadOf((TaskRecord) get(before)) ? now : before);
        }
    }

    /** The newest record of a task, or null. */
    JournalRecord get(String key) {
        JournalRecord record = unsettled.get(key);
        return record == null ? settled.get(key) : record;
    }

    List<JournalRecord> unsettled() {
        return List.copyOf(unsettled.values());
    }

    Optional<TaskRecord> find(String idempotencyKey) {
        return Optional.ofNullable(newest.get(idempotencyKey))
                .map(this::get)
                .filter(record -> !isExpired(record))
                .map(TaskRecord.class::cast);
    }

    SlotIndex slots() {
        return slots;
    }

    boolean isSettled(String key) {
        return settled.containsKey(key);
    }

    /** See {@link JournalSession#spentSince}. */
    BigInteger spentSince(Instant time) {
        return settled.values().stream()
                .filter(record ->
                        record.isCommitted() && !record.spending().at().isBefore(time))
                .map(RecordIndex::costOf)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** What a settled record that was committed has cost, as far as is known. */
    static BigInteger costOf(JournalRecord settled) {
        BigInteger spent = settled.settlement().spentWei();
        return spent == null ? settled.spending().mostWei() : spent;
    }

    /** Forgets settled tasks that nobody can ask for any more, and returns their keys. */
    List<String> dropExpired() {
        List<String> dropped = new ArrayList<>();
        while (!bySettlement.isEmpty() && isExpired(settled.get(bySettlement.peekFirst()))) {
            String key = bySettlement.removeFirst();
            forget(settled.remove(key));
            dropped.add(key);
        }
        return dropped;
    }

    private void forget(JournalRecord record) {
        if (record.idempotencyKey() != null) {
            newest.remove(record.idempotencyKey(), record.key());
        }
    }

    private boolean isExpired(JournalRecord record) {
        if (!record.isSettled()) {
            return false;
        }
        Instant now = scope.clock().instant();
        boolean keyExpired = record.idempotencyKey() == null
                || !record.settlement().at().plus(scope.retention()).isAfter(now);
        boolean countExpired = record.spending() == null
                || !record.spending().at().plus(scope.budgetPeriod()).isAfter(now);
        return keyExpired && countExpired;
    }
}
