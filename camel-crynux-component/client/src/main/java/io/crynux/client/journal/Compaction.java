// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes a journal file anew without what is out of date: first everything that is known at its beginning, line by line from the old
 * file, then the lines that were appended meanwhile. It works in steps that any thread may take, while others append to the old
 * file; only the last step, {@link #finish}, needs that nobody does.
 */
final class Compaction implements SettledIndex.Moves {
    /** How much is copied and forced in one step, in bytes: a disk that is busy with it for long would hold up who appends. */
    private static final int STEP = 4 << 20;
    /** With fewer bytes left it can be finished. */
    private static final int REST = 64 << 10;
    /** So often at most it tries to come that far, should lines come as fast as they are copied. */
    private static final int MOST_ROUNDS = 100;

    private static final int BLOCK = 256 << 10;

    /** How far it is. */
    private enum State {
        COPYING,
        READY,
        OVER
    }

    private final JournalFile file;
    private final NextFile next;
    private final FileIndex.Snapshot snapshot;
    private final LinesAt records;
    private final LinesAt results;
    private final long[] movedRecords;
    private final long[] movedResults;
    private final Map<Long, Long> movedOpenResults = new HashMap<>();
    private final long tailStart;
    private long tailPosition;
    private long[] tailBefore = new long[64];
    private long[] tailAfter = new long[64];
    private int tailLines;
    private int copied;
    private int rounds;
    private long sizeWhenNew;
    private State state = State.COPYING;

    /** @param snapshot what the lines of the file say so far */
    Compaction(JournalFile file, FileIndex.Snapshot snapshot) throws IOException {
        this.file = file;
        this.snapshot = snapshot;
        this.records = new LinesAt(file.bytes(), file::size, BLOCK);
        this.results = new LinesAt(file.bytes(), file::size, BLOCK);
        this.movedRecords = new long[snapshot.settled().size()];
        this.movedResults = new long[snapshot.settled().size()];
        this.tailStart = file.size();
        this.tailPosition = tailStart;
        this.next = file.next();
    }

    /**
     * Copies some more.
     *
     * @return whether another step is needed
     */
    synchronized boolean step() throws IOException {
        if (state != State.COPYING) {
            return false;
        }
        long from = next.size();
        while (copied < movedRecords.length && next.size() - from < STEP) {
            copySettled(copied++);
        }
        if (copied == movedRecords.length) {
            if (sizeWhenNew == 0 && next.size() - from < STEP) {
                copyUnsettled();
            }
            if (sizeWhenNew > 0) {
                copyTail(from + STEP);
            }
        }
        next.force();
        if (sizeWhenNew > 0 && (file.size() - tailPosition < REST || ++rounds > MOST_ROUNDS)) {
            state = State.READY;
        }
        return state == State.COPYING;
    }

    private void copySettled(int number) throws IOException {
        movedRecords[number] = next.add(records.json(snapshot.settled().record(number)));
        long result = snapshot.settled().result(number);
        if (result != SettledIndex.NONE) {
            movedResults[number] = next.add(results.json(result));
        }
    }

    private void copyUnsettled() throws IOException {
        for (JournalRecord record : snapshot.unsettled()) {
            next.add(JournalFrame.of(record, null).json());
        }
        for (long result : snapshot.results().values()) {
            movedOpenResults.put(result, next.add(results.json(result)));
        }
        next.add(JournalFrame.compacted(snapshot.lanes()).json());
        sizeWhenNew = next.size();
    }

    private void copyTail(long upTo) throws IOException {
        while (tailPosition < file.size() && next.size() < upTo) {
            if (tailLines == tailBefore.length) {
                tailBefore = Arrays.copyOf(tailBefore, 2 * tailLines);
                tailAfter = Arrays.copyOf(tailAfter, 2 * tailLines);
            }
            tailBefore[tailLines] = tailPosition;
            tailAfter[tailLines++] = next.add(records.json(tailPosition));
            tailPosition += records.length();
        }
    }

    /** Whether it can be finished. */
    synchronized boolean isReady() {
        return state == State.READY;
    }

    /** Whether nothing comes of it any more. */
    synchronized boolean isOver() {
        return state == State.OVER;
    }

    /** Puts the new file in place of the old one. Nothing is appended meanwhile. */
    synchronized void finish(StoredRecords inFile) throws IOException {
        copyTail(Long.MAX_VALUE);
        file.replace(next, inFile, this);
        state = State.OVER;
    }

    /** Size of what was copied, in bytes, without what was appended meanwhile. */
    synchronized long sizeWhenNew() {
        return sizeWhenNew;
    }

    /** Gives it up, unless it is over. Waits until a step that is under way has ended. */
    synchronized void cancel(Throwable why) {
        if (state != State.OVER) {
            state = State.OVER;
            next.discard(why);
        }
    }

    @Override
    public long record(long place, long position) {
        long number = place - snapshot.settled().first();
        return number < movedRecords.length ? movedRecords[(int) number] : moved(position);
    }

    @Override
    public long result(long place, long position) {
        long number = place - snapshot.settled().first();
        boolean copiedWithRecord = place != SettledIndex.NONE
                && number < movedResults.length
                && snapshot.settled().result((int) number) == position;
        return copiedWithRecord ? movedResults[(int) number] : moved(position);
    }

    private long moved(long position) {
        if (position < tailStart) {
            return movedOpenResults.get(position);
        }
        return tailAfter[Arrays.binarySearch(tailBefore, 0, tailLines, position)];
    }
}
