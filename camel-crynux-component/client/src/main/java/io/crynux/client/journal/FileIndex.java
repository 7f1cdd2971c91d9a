// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the tasks in a journal file: the records of those that are not settled, and where those of the others lie.
 * Not thread-safe.
 */
final class FileIndex {
    private final JournalScope scope;
    private final Map<String, JournalRecord> unsettled = new LinkedHashMap<>();
    /** Where the results of unsettled tasks lie. */
    private final Map<String, Long> results = new HashMap<>();
    /** The newest attempt that is not settled under each idempotency key. */
    private final Map<String, String> newest = new HashMap<>();

    private final SettledIndex settled = new SettledIndex();
    private final SlotIndex slots = new SlotIndex();
    /** Where results lie that nobody can ask for any more. */
    private final List<Long> forgotten = new ArrayList<>();

    /**
     * Everything at one time.
     *
     * @param unsettled the records of tasks that are not settled
     * @param results where their results lie
     * @param lanes the highest number of each lane that a settled record has used
     */
    record Snapshot(
            SettledIndex.Snapshot settled,
            List<JournalRecord> unsettled,
            Map<String, Long> results,
            Map<String, BigInteger> lanes) {}

    FileIndex(JournalScope scope) {
        this.scope = scope;
    }

    /** The record of a task that is not settled, or null. */
    JournalRecord unsettled(String key) {
        return unsettled.get(key);
    }

    List<JournalRecord> unsettled() {
        return List.copyOf(unsettled.values());
    }

    /** The newest unsettled task under an idempotency key, or null. */
    TaskRecord newestUnsettled(String idempotencyKey) {
        return (TaskRecord) unsettled.get(newest.getOrDefault(idempotencyKey, ""));
    }

    SlotIndex slots() {
        return slots;
    }

    SettledIndex settled() {
        return settled;
    }

    /** Takes the record of a task that is not settled in place of an older one. */
    void put(JournalRecord record) {
        String key = record.key();
        slots.replace(unsettled.put(key, record), record);
        if (record instanceof TaskRecord task && task.idempotencyKey() != null) {
            newest.merge(
                    task.idempotencyKey(),
                    key,
                    (before, now) ->
                            ((TaskRecord) unsettled.get(before)).order().attempt()
                                            > task.order().attempt()
                                    ? before
                                    : now);
        }
    }

    /** A task is settled, and its record lies there. One that nobody can ask for is forgotten at once. */
    void settle(FrameFacts task, long position) {
        JournalRecord before = unsettled.remove(task.key());
        if (before != null) {
            slots.remove(before);
        }
        slots.settled(task.slot(), task.state());
        if (before != null && before.idempotencyKey() != null) {
            newest.remove(before.idempotencyKey(), task.key());
        }
        Long result = results.remove(task.key());
        if (!isExpired(task.idempotencyKey() != null, task.settledAt(), task.signedAt())) {
            settled.add(task, position, result == null ? SettledIndex.NONE : result);
        } else if (result != null) {
            forgotten.add(result);
        }
    }

    /** The result of a task lies there. A task that is not known any more needs none. */
    void putResult(String key, long position) {
        if (unsettled.containsKey(key)) {
            results.put(key, position);
            return;
        }
        for (long place : settled.withKey(key)) {
            settled.setResult(place, position);
        }
    }

    /** Position of the result of a task, or {@link SettledIndex#NONE}. */
    long result(String key) {
        Long position = results.get(key);
        if (position != null) {
            return position;
        }
        for (long place : settled.withKey(key)) {
            if (settled.result(place) != SettledIndex.NONE) {
                return settled.result(place);
            }
        }
        return SettledIndex.NONE;
    }

    /** Whether nobody can ask for a settled task any more. */
    boolean isExpired(long place) {
        return isExpired(settled.hasIdempotencyKey(place), settled.settledAt(place), settled.signedAt(place));
    }

    private boolean isExpired(boolean hasKey, long settledAt, long signedAt) {
        long now = scope.clock().instant().toEpochMilli();
        boolean keyExpired = !hasKey || isOver(settledAt, scope.retention(), now);
        boolean countExpired = signedAt < 0 || isOver(signedAt, scope.budgetPeriod(), now);
        return keyExpired && countExpired;
    }

    private static boolean isOver(long since, Duration period, long now) {
        return now - since >= period.toMillis();
    }

    /**
     * Forgets settled tasks that nobody can ask for any more.
     *
     * @param most how many at most
     * @return where the results lie that nobody can ask for since the last call
     */
    List<Long> dropExpired(int most) {
        for (int i = 0; i < most && settled.first() < settled.end() && isExpired(settled.first()); i++) {
            long result = settled.result(settled.first());
            if (result != SettledIndex.NONE) {
                forgotten.add(result);
            }
            settled.removeFirst();
        }
        List<Long> dropped = List.copyOf(forgotten);
        forgotten.clear();
        return dropped;
    }

    Snapshot snapshot() {
        return new Snapshot(settled.snapshot(), List.copyOf(unsettled.values()), Map.copyOf(results), slots.settled());
    }

    /** Everything lies elsewhere now. */
    void move(SettledIndex.Moves moves) {
        settled.move(moves);
        results.replaceAll((key, position) -> moves.result(SettledIndex.NONE, position));
    }
}
