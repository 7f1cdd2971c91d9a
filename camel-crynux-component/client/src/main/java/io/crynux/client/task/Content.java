// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Received bytes, in memory or in a temporary file. Several threads can read it at the same time. */
public interface Content extends AutoCloseable {

    /** Content in memory. The bytes are not copied; closing it does nothing. */
    static Content of(byte[] bytes) {
        return new MemoryContent(bytes);
    }

    /** Size in bytes. */
    long size();

    /** Opens a new stream at the first byte; any number can be open at the same time. */
    InputStream open() throws IOException;

    /** The whole content in memory; not copied if it is already there. */
    byte[] bytes() throws IOException;

    /** The temporary file while it has a name; empty for content in memory. */
    Optional<Path> path();

    /**
     * Deletes the temporary file; this object can still read the content. Content up to 1/64 of the maximum heap moves to
     * memory. Larger content stays in a file without a name, whose space is freed once this object is closed or unreachable.
     */
    void leaveDisk();

    /** Frees memory and disk space; the content cannot be read afterwards. Closing again does nothing. */
    @Override
    void close();
}
