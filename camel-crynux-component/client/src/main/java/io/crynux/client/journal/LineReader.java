// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.util.Arrays;

/** Reads lines one after the other, in blocks. Used by one thread at a time. */
final class LineReader {
    /** How much is read at once, in bytes. */
    private static final int BLOCK = 1 << 20;

    private final StoredBytes bytes;
    private byte[] buffer;
    /** Position of the buffer's beginning. */
    private long bufferStart;
    /** How much of the buffer is filled. */
    private int filled;

    private int lineStart;
    private int lineEnd;
    private boolean ended;

    /** Reads everything. */
    LineReader(StoredBytes bytes) throws IOException {
        this.bytes = bytes;
        // One more, so that the end is met without more room.
        this.buffer = new byte[(int) Math.min(BLOCK, bytes.size() + 1)];
    }

    /** Goes to the next line; false at the end. What the bytes end with is a line without a line feed. */
    boolean next() throws IOException {
        lineStart = lineEnd;
        int searched = lineStart;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buffer[i] == '\n') {
                    lineEnd = i + 1;
                    return true;
                }
            }
            if (ended) {
                lineEnd = filled;
                return lineEnd > lineStart;
            }
            searched = filled - lineStart;
            fill();
        }
    }

    private void fill() throws IOException {
        int kept = filled - lineStart;
        if (kept == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
        } else {
            System.arraycopy(buffer, lineStart, buffer, 0, kept);
        }
        bufferStart += lineStart;
        lineStart = 0;
        lineEnd = 0;
        filled = kept;
        int read = bytes.read(bufferStart + filled, buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }

    /** The array that has the line, until the next one is gone to. */
    byte[] buffer() {
        return buffer;
    }

    /** Where the line begins in the array. */
    int offset() {
        return lineStart;
    }

    /** In bytes, with its line feed. */
    int length() {
        return lineEnd - lineStart;
    }

    /** Where the line begins among all bytes. */
    long position() {
        return bufferStart + lineStart;
    }

    boolean endsWithLineFeed() {
        return buffer[lineEnd - 1] == '\n';
    }
}
