// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the records of settled tasks lie in the journal file. Each task has a place, counted up from 0 in the order of their
 * settlement, and costs 64 to 80 bytes of heap, however long its record: of its keys only 64 bits of their SHA-256 are known, and
 * whoever asks reads the record to see whether it is the one. Not thread-safe.
 */
final class SettledIndex {
    /** No position. */
    static final long NONE = -1;

    private static final int PLACES_PER_CHUNK = 1024;
    private static final int FIELDS = 6;
    private static final int KEY = 0;
    private static final int IDEMPOTENCY_KEY = 1;
    private static final int RECORD = 2;
    private static final int RESULT = 3;
    private static final int SETTLED_AT = 4;
    private static final int SIGNED_AT = 5;
    /** What stands for the hash of a key that is not there. */
    private static final long NO_KEY = 0;

    private final MessageDigest digest = LineChain.sha256();
    /** Whole chunks come and go, so that nothing is copied when there are more of them. */
    private final List<long[]> chunks = new ArrayList<>();

    private final HashedPlaces byKey = new HashedPlaces(place -> get(place, KEY));
    private final HashedPlaces byIdempotencyKey = new HashedPlaces(place -> get(place, IDEMPOTENCY_KEY));
    /** Place that the first chunk begins with. */
    private long chunksFrom;
    /** The oldest place that is not removed. */
    private long first;

    private long end;

    /** Where everything lies at one time. */
    static final class Snapshot {
        private final long first;
        private final long[] records;
        private final long[] results;

        private Snapshot(long first, long[] records, long[] results) {
            this.first = first;
            this.records = records;
            this.results = results;
        }

        /** The first place. */
        long first() {
            return first;
        }

        int size() {
            return records.length;
        }

        /** Position of the record with that number, from 0. */
        long record(int number) {
            return records[number];
        }

        /** Position of its result, or {@link #NONE}. */
        long result(int number) {
            return results[number];
        }
    }

    /** Where what lay at a position lies in another file. */
    interface Moves {
        long record(long place, long position);

        /** @param place of its task, or {@link #NONE} when that is not settled */
        long result(long place, long position);
    }

    /**
     * Adds a task behind all others.
     *
     * @param result position of its result, or {@link #NONE}
     */
    void add(FrameFacts task, long record, long result) {
        if (end == chunksFrom + (long) chunks.size() * PLACES_PER_CHUNK) {
            chunks.add(new long[PLACES_PER_CHUNK * FIELDS]);
        }
        long place = end++;
        set(place, KEY, hash(task.key()));
        set(place, IDEMPOTENCY_KEY, task.idempotencyKey() == null ? NO_KEY : hash(task.idempotencyKey()));
        set(place, RECORD, record);
        set(place, RESULT, result);
        set(place, SETTLED_AT, task.settledAt());
        set(place, SIGNED_AT, task.signedAt());
        byKey.add(place, first);
        if (hasIdempotencyKey(place)) {
            byIdempotencyKey.add(place, first);
        }
    }

    /** Places of tasks that may have that key: all that do, and hardly ever another. */
    long[] withKey(String key) {
        return byKey.find(hash(key), first);
    }

    /** Places of tasks that may have that idempotency key: all that do, and hardly ever another. */
    long[] withIdempotencyKey(String key) {
        return byIdempotencyKey.find(hash(key), first);
    }

    /** The oldest place, or {@link #end} when there is none. */
    long first() {
        return first;
    }

    /** Place that the next task gets. */
    long end() {
        return end;
    }

    void removeFirst() {
        byKey.remove(first);
        if (hasIdempotencyKey(first)) {
            byIdempotencyKey.remove(first);
        }
        first++;
        if (first == chunksFrom + PLACES_PER_CHUNK) {
            chunks.remove(0);
            chunksFrom = first;
        }
    }

    boolean hasIdempotencyKey(long place) {
        return get(place, IDEMPOTENCY_KEY) != NO_KEY;
    }

    /** Position of its record. */
    long record(long place) {
        return get(place, RECORD);
    }

    /** Position of its result, or {@link #NONE}. */
    long result(long place) {
        return get(place, RESULT);
    }

    void setResult(long place, long position) {
        set(place, RESULT, position);
    }

    /** In milliseconds. */
    long settledAt(long place) {
        return get(place, SETTLED_AT);
    }

    /** In milliseconds; negative where nothing was signed. */
    long signedAt(long place) {
        return get(place, SIGNED_AT);
    }

    Snapshot snapshot() {
        int size = Math.toIntExact(end - first);
        long[] records = new long[size];
        long[] results = new long[size];
        for (int i = 0; i < size; i++) {
            records[i] = record(first + i);
            results[i] = result(first + i);
        }
        return new Snapshot(first, records, results);
    }

    /** Everything lies elsewhere now. */
    void move(Moves moves) {
        for (long place = first; place < end; place++) {
            set(place, RECORD, moves.record(place, record(place)));
            if (result(place) != NONE) {
                set(place, RESULT, moves.result(place, result(place)));
            }
        }
    }

    private long get(long place, int field) {
        int offset = (int) (place - chunksFrom);
        return chunks.get(offset / PLACES_PER_CHUNK)[(offset % PLACES_PER_CHUNK) * FIELDS + field];
    }

    private void set(long place, int field, long value) {
        int offset = (int) (place - chunksFrom);
        chunks.get(offset / PLACES_PER_CHUNK)[(offset % PLACES_PER_CHUNK) * FIELDS + field] = value;
    }

    private long hash(String key) {
        long hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == NO_KEY ? NO_KEY + 1 : hash;
    }
}
