// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tasks in a journal file: those that are not settled in memory, the others read from the file when asked for. Thread-safe. */
final class StoredRecords {
    /** More than the record of a settled task has, in bytes; less than a block of a disk that reads ahead. */
    private static final int BLOCK = 4 << 10;

    private final FileIndex index;
    private final boolean counted;
    private String name;
    private LinesAt lines;
    /** Where the part ends that was copied when the file was written anew. */
    private long compactedSize;

    StoredRecords(JournalScope scope) {
        this.index = new FileIndex(scope);
        this.counted = !scope.budgetPeriod().isZero();
    }

    /** Takes a line while the file is opened. */
    synchronized void take(long position, byte[] bytes, int offset, int length) throws IOException {
        FrameFacts facts = FrameFacts.of(bytes, offset, length);
        if (facts != null && facts.settled()) {
            index.settle(facts, position);
        } else if (facts != null) {
            index.putResult(facts.key(), position);
        } else {
            JournalFrame frame = JournalFrame.JSON.readValue(bytes, offset, length, JournalFrame.class);
            frame.records().forEach(entry -> index.put(entry.after(index.unsettled(entry.key()))));
            frame.lanes().forEach(index.slots()::used);
            if (frame.compacted()) {
                compactedSize = position;
            }
        }
    }

    /** The file is read, and what lies in it can be asked for. */
    synchronized void opened(JournalFile file) {
        index.dropExpired(Integer.MAX_VALUE);
        readFrom(file);
    }

    private void readFrom(JournalFile file) {
        name = file.name();
        lines = new LinesAt(file.bytes(), file::size, BLOCK);
    }

    /** How much of the file was copied when it was written anew, in bytes. */
    synchronized long compactedSize() {
        return compactedSize;
    }

    /** A record, or a result, lies there; the other one is null. */
    synchronized void put(JournalRecord record, KeptResult result, long position) {
        if (record == null) {
            index.putResult(result.key(), position);
        } else if (record.isSettled()) {
            index.settle(FrameFacts.of(record), position);
        } else {
            index.put(record);
        }
    }

    /** The record of a task that is not settled, or null. */
    synchronized JournalRecord unsettled(String key) {
        return index.unsettled(key);
    }

    synchronized List<JournalRecord> unsettled() {
        return index.unsettled();
    }

    synchronized boolean isSettled(String key) throws IOException {
        for (long place : index.settled().withKey(key)) {
            if (read(place).key().equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** See {@link JournalSession#find}. */
    synchronized Optional<TaskRecord> find(String idempotencyKey) {
        TaskRecord newest = null;
        long[] places = index.settled().withIdempotencyKey(idempotencyKey);
        // In the order of their settlement.
        Arrays.sort(places);
        for (long place : places) {
            if (index.isExpired(place)) {
                continue;
            }
            if (known(place) instanceof TaskRecord record
                    && idempotencyKey.equals(record.idempotencyKey())
                    && (newest == null || record.answersInsteadOf(newest))) {
                newest = record;
            }
        }
        TaskRecord open = index.newestUnsettled(idempotencyKey);
        boolean isOpen = open != null && (newest == null || open.answersInsteadOf(newest));
        return Optional.ofNullable(isOpen ? open : newest);
    }

    /** Keys of the open records that use the slot. */
    synchronized Set<String> users(Slot slot) {
        return Set.copyOf(index.slots().users(slot));
    }

    synchronized Lane lane(String id) {
        return index.slots().lane(id);
    }

    /** See {@link JournalSession#spentSince}; one record is read after the other, so that nobody waits for all of them. */
    BigInteger spentSince(Instant time) {
        BigInteger spent = BigInteger.ZERO;
        for (long place : signedSince(time.toEpochMilli())) {
            spent = spent.add(costOf(place));
        }
        return spent;
    }

    private synchronized long[] signedSince(long time) {
        SettledIndex settled = index.settled();
        long[] places = new long[counted ? Math.toIntExact(settled.end() - settled.first()) : 0];
        int size = 0;
        for (long place = settled.first(); size < places.length && place < settled.end(); place++) {
            if (settled.signedAt(place) >= time) {
                places[size++] = place;
            }
        }
        return Arrays.copyOf(places, size);
    }

    private synchronized BigInteger costOf(long place) {
        // One that has expired meanwhile does not count any more.
        return place < index.settled().first() ? BigInteger.ZERO : RecordIndex.costOf(known(place));
    }

    private synchronized JournalRecord known(long place) {
        try {
            return read(place);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private JournalRecord read(long place) throws IOException {
        byte[] json = lines.json(index.settled().record(place));
        return JournalFrame.JSON.readValue(json, JournalFrame.class).settled().after(null);
    }

    /** The kept result of a task, or null. */
    synchronized KeptResult result(String key) {
        long position = index.result(key);
        if (position == SettledIndex.NONE) {
            return null;
        }
        try {
            KeptResult result = readResult(position);
            return result.key().equals(key) ? result : null;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The result that lies there. */
    synchronized KeptResult readResult(long position) throws IOException {
        return JournalFrame.JSON
                .readValue(lines.json(position), JournalFrame.class)
                .results()
                .get(0);
    }

    synchronized boolean hasResult(String key) {
        return index.result(key) != SettledIndex.NONE;
    }

    /** See {@link FileIndex#dropExpired}. */
    synchronized List<Long> dropExpired(int most) {
        return index.dropExpired(most);
    }

    synchronized FileIndex.Snapshot snapshot() {
        return index.snapshot();
    }

    /**
     * Everything lies in another file.
     *
     * @param file becomes that one by the change, which nobody who reads may see in part
     */
    synchronized void move(JournalFile file, SettledIndex.Moves moves, Runnable change) {
        index.move(moves);
        change.run();
        readFrom(file);
    }

    private JournalException unreadable(IOException cause) {
        return new JournalException(
                "The task journal " + name + " could not be read: " + cause
                        + ". Nothing was signed. Check the disk; if the file is damaged, restore the latest copy of the journal",
                cause);
    }
}
