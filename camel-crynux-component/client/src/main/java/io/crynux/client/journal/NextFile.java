// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A journal file that is being written to take the place of another. Used by one thread at a time. */
final class NextFile {
    /** How much is written at once, in bytes. */
    private static final int BLOCK = 1 << 20;

    private final StoredBytes bytes;
    private final LineChain chain;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private long size;

    /** @param first number of its first line: the lines of a journal are numbered on when its file is written anew */
    NextFile(JournalStorage storage, JournalHeader header, long first) throws IOException {
        this.bytes = storage.create();
        this.chain = LineChain.from(first);
        try {
            add(JournalFrame.json(header));
        } catch (Throwable e) {
            discard(e);
            throw e;
        }
    }

    /**
     * Adds a line of some JSON.
     *
     * @return its position
     */
    long add(byte[] json) throws IOException {
        byte[] line = chain.line(json);
        block.write(line);
        size += line.length;
        if (block.size() >= BLOCK) {
            flush();
        }
        return size - line.length;
    }

    private void flush() throws IOException {
        bytes.append(block.toByteArray(), block.size());
        block.reset();
    }

    /** When it returns, everything that was added survives. */
    void force() throws IOException {
        flush();
        bytes.force();
    }

    StoredBytes bytes() {
        return bytes;
    }

    LineChain chain() {
        return chain;
    }

    long size() {
        return size;
    }

    /** It will not take the place of another. What it leaves is overwritten by the next try. */
    void discard(Throwable why) {
        try {
            bytes.truncate(0);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        try {
            bytes.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
