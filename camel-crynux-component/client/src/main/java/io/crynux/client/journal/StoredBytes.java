// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.Closeable;
import java.io.IOException;

/** Bytes that are appended to and survive once they are forced. One thread at a time appends; any thread may read. */
interface StoredBytes extends Closeable {

    long size() throws IOException;

    /**
     * Reads some bytes from a position on.
     *
     * @return how many were read, at least one; -1 at the end
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /** Writes the bytes at the end. */
    void append(byte[] bytes, int length) throws IOException;

    /** When it returns, everything that was appended survives. */
    void force() throws IOException;

    /** Removes everything from that size on, and forces that. */
    void truncate(long size) throws IOException;
}
