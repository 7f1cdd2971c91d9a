// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** Reads the lines of a journal at any position, and checks each. Used by one thread at a time. */
final class LinesAt {
    /** The checksum and the line feed of the line before, which the checksum of a line begins with. */
    private static final int BEFORE = LineChain.DIGITS + 1;

    private final StoredBytes bytes;
    private final LongSupplier limit;
    private byte[] window;
    private long windowStart;
    private int filled;
    private int lineStart;
    private int lineLength;

    /**
     * @param limit what lies behind may change yet and is not looked at
     * @param block how much is read at once, in bytes
     */
    LinesAt(StoredBytes bytes, LongSupplier limit, int block) {
        this.bytes = bytes;
        this.limit = limit;
        this.window = new byte[block];
    }

    /**
     * Reads a line other than the first.
     *
     * @return its JSON
     * @throws IOException also when it is not what was written there
     */
    byte[] json(long position) throws IOException {
        seek(position);
        if (!LineChain.isIntact(window, lineStart - BEFORE, window, lineStart, lineLength)) {
            throw damaged(position);
        }
        int json = LineChain.jsonStart(window, lineStart);
        return Arrays.copyOfRange(window, lineStart + json, lineStart + lineLength - LineChain.TRAILER);
    }

    /** Length of the line that was read last, in bytes. */
    int length() {
        return lineLength;
    }

    private void seek(long position) throws IOException {
        long from = position - BEFORE;
        if (from < windowStart || from >= windowStart + filled) {
            windowStart = from;
            filled = 0;
        }
        lineStart = (int) (position - windowStart);
        int searched = lineStart;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (window[i] == '\n') {
                    lineLength = i + 1 - lineStart;
                    return;
                }
            }
            searched = Math.max(lineStart, filled);
            int moved = lineStart - BEFORE;
            fill(moved, position);
            searched -= moved;
            lineStart -= moved;
        }
    }

    /** @param moved how much of the window's beginning is not needed any more */
    private void fill(int moved, long position) throws IOException {
        System.arraycopy(window, moved, window, 0, filled - moved);
        windowStart += moved;
        filled -= moved;
        if (filled == window.length) {
            window = Arrays.copyOf(window, Math.multiplyExact(window.length, 2));
        }
        long from = windowStart + filled;
        int length = (int) Math.min(window.length - filled, limit.getAsLong() - from);
        int read = length <= 0 ? -1 : bytes.read(from, window, filled, length);
        if (read < 0) {
            throw damaged(position);
        }
        filled += read;
    }

    private static IOException damaged(long position) {
        return new IOException("the line at byte " + position + " is damaged: it is not what was written there");
    }
}
