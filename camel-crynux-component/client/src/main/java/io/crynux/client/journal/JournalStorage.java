// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Bytes that are appended to and survive once they are forced. Used by one thread at a time. */
interface JournalStorage extends Closeable {

    /** For messages. */
    String name();

    long size() throws IOException;

    /** Everything from the beginning. */
    InputStream read() throws IOException;

    /** Puts the bytes at the end. */
    void append(byte[] bytes) throws IOException;

    /** When it returns, everything that was appended survives. */
    void force() throws IOException;

    /** Takes everything from that size on away. */
    void truncate(long size) throws IOException;

    /** Fails when it can be seen, without writing, that nothing can be appended. */
    default void check() throws IOException {}

    /** Puts these bytes in place of everything: whatever crashes meanwhile, all of the old or all of the new is there. */
    void replace(List<byte[]> parts) throws IOException;
}
