// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Finds places by a hash: a table with open addressing that has only the places, four bytes each, and asks their owner for the
 * hashes. Several places may have the same hash. Not thread-safe.
 */
final class HashedPlaces {
    private static final int FREE = 0;
    private static final int REMOVED = -1;
    private static final int SMALLEST = 64;
    /** Places are stored modulo this, plus one: all that are here at one time differ by less. */
    private static final long RANGE = Integer.MAX_VALUE;

    private final LongUnaryOperator hashes;
    private int[] table = new int[SMALLEST];
    /** Entries that are not free, removed ones among them. */
    private int used;

    private int removed;

    /** @param hashes gives the hash of a place */
    HashedPlaces(LongUnaryOperator hashes) {
        this.hashes = hashes;
    }

    /** @param oldest place that may be in the table */
    void add(long place, long oldest) {
        // At most half of the table, so that a search soon meets a free entry.
        if ((used + 1) * 2L > table.length) {
            rebuild(oldest);
        }
        int at = at(hashes.applyAsLong(place));
        while (table[at] != FREE) {
            at = next(at);
        }
        table[at] = (int) (place % RANGE) + 1;
        used++;
    }

    private void rebuild(long oldest) {
        int[] before = table;
        int kept = used - removed;
        table = new int[(kept + 1) * 4L > before.length ? Math.multiplyExact(before.length, 2) : before.length];
        for (int entry : before) {
            if (entry != FREE && entry != REMOVED) {
                int at = at(hashes.applyAsLong(place(entry, oldest)));
                while (table[at] != FREE) {
                    at = next(at);
                }
                table[at] = entry;
            }
        }
        used = kept;
        removed = 0;
    }

    private static long place(int entry, long oldest) {
        return oldest + Math.floorMod(entry - 1 - oldest, RANGE);
    }

    /** Removes a place that is in the table. */
    void remove(long place) {
        int entry = (int) (place % RANGE) + 1;
        int at = at(hashes.applyAsLong(place));
        while (table[at] != entry) {
            at = next(at);
        }
        table[at] = REMOVED;
        removed++;
    }

    /**
     * All places with a hash.
     *
     * @param oldest place that may be in the table
     */
    long[] find(long hash, long oldest) {
        long[] found = {};
        for (int at = at(hash); table[at] != FREE; at = next(at)) {
            if (table[at] == REMOVED) {
                continue;
            }
            long place = place(table[at], oldest);
            if (hashes.applyAsLong(place) == hash) {
                found = Arrays.copyOf(found, found.length + 1);
                found[found.length - 1] = place;
            }
        }
        return found;
    }

    private int at(long hash) {
        return (int) (hash ^ (hash >>> 32)) & (table.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (table.length - 1);
    }
}
