// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The file of an open journal: lines that are chained, see {@link LineChain}. The first has a {@link JournalHeader}, every other
 * one a {@link JournalFrame}. {@link JournalReader} reads it when it is opened. Used by one thread at a time, except where it
 * says otherwise.
 */
final class JournalFile {
    private final JournalStorage storage;
    private final JournalHeader header;
    /** Changed by the thread that writes; read by any. */
    private volatile StoredBytes bytes;

    private LineChain chain;
    /** How far it is known to be right. */
    private volatile long size;
    /** Whether there may be something behind the good part that could not be removed. */
    private boolean damaged;

    /** @param reader has read it to its end */
    JournalFile(JournalStorage storage, StoredBytes bytes, JournalReader reader) {
        this.storage = storage;
        this.header = reader.header();
        this.bytes = bytes;
        this.chain = reader.chain();
        this.size = reader.goodSize();
    }

    private void become(NextFile file) {
        bytes = file.bytes();
        chain = file.chain();
        size = file.size();
        damaged = false;
    }

    /**
     * Appends lines; when this returns, they survive.
     *
     * @param frames the JSON of each
     * @return the position of each
     * @throws IOException when they do not; it is as if it had not been tried
     */
    long[] append(List<byte[]> frames) throws IOException {
        checkSame();
        long sizeBefore = size;
        LineChain ahead = chain.fork();
        long[] positions = new long[frames.size()];
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < positions.length; i++) {
            positions[i] = sizeBefore + lines.size();
            lines.writeBytes(ahead.line(frames.get(i)));
        }
        byte[] all = lines.toByteArray();
        boolean forced = false;
        try {
            bytes.append(all, all.length);
            forced = true;
            bytes.force();
            storage.writeNote(new PositionNote(header.id(), ahead.next() - 1).text(), false);
        } catch (Throwable e) {
            takeBack(forced, e);
            throw e;
        }
        chain = ahead;
        size = sizeBefore + all.length;
        return positions;
    }

    /** @param forced whether a force was tried: after one that failed nobody knows what is on the disk, and only a new file counts */
    private void takeBack(boolean forced, Throwable why) {
        damaged = forced;
        try {
            bytes.truncate(size);
        } catch (IOException e) {
            damaged = true;
            why.addSuppressed(e);
        }
    }

    /** @throws LostJournalException when somebody else has deleted, replaced or changed it */
    private void checkSame() throws IOException {
        storage.checkSame(bytes, damaged ? -1 : size);
        if (damaged) {
            return;
        }
        // An older copy of the same length, written into the file, ends with another checksum.
        byte[] end = new byte[LineChain.TRAILER];
        int read = bytes.read(size - end.length, end, 0, end.length);
        if (read != end.length || !Arrays.equals(end, chain.trailer())) {
            throw new LostJournalException("its last line was changed by somebody else");
        }
    }

    /** Fails when it can be seen, without writing, that nothing can be appended. */
    void check() throws IOException {
        checkSame();
        storage.check();
    }

    /** Whether it must be replaced before anything can be appended. */
    boolean isDamaged() {
        return damaged;
    }

    /** Begins a file to take the place of this one. */
    NextFile next() throws IOException {
        return new NextFile(storage, header, chain.next());
    }

    /**
     * Puts a file in place of this one.
     *
     * @param next has everything that this one has
     * @param records which lie elsewhere then
     */
    void replace(NextFile next, StoredRecords records, SettledIndex.Moves moves) throws IOException {
        next.force();
        storage.checkSame(bytes, damaged ? -1 : size);
        storage.replace(next.bytes());
        StoredBytes before = bytes;
        records.move(this, moves, () -> become(next));
        try {
            before.close();
            storage.forceName();
            note();
        } catch (Throwable e) {
            // Nobody knows which of the two a power failure leaves.
            damaged = true;
            throw e;
        }
    }

    /** Its bytes, which any thread may read up to {@link #size}. */
    StoredBytes bytes() {
        return bytes;
    }

    /** In bytes; on any thread. */
    long size() {
        return size;
    }

    String name() {
        return storage.name();
    }

    /** Notes how far it was written, so that it survives a power failure. */
    void note() throws IOException {
        storage.writeNote(new PositionNote(header.id(), chain.next() - 1).text(), true);
    }

    void close() throws IOException {
        try {
            bytes.close();
            note();
        } finally {
            storage.close();
        }
    }
}
