// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
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
            unsettled.put(key, record);
        } else {
            unsettled.remove(key);
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

    List<JournalRecord> signedSince(Instant time) {
        List<JournalRecord> found = new ArrayList<>();
        for (Collection<JournalRecord> records : List.of(settled.values(), unsettled.values())) {
            records.stream()
                    .filter(record ->
                            record.spending() != null && !record.spending().at().isBefore(time))
                    .forEach(found::add);
        }
        return found;
    }

    /** All records, the settled ones first and in the order of their settlement. */
    List<JournalRecord> all() {
        List<JournalRecord> all = new ArrayList<>(size());
        bySettlement.forEach(key -> all.add(settled.get(key)));
        all.addAll(unsettled.values());
        return all;
    }

    int size() {
        return settled.size() + unsettled.size();
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
