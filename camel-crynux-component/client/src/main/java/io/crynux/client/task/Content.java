// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes that came in, in memory or in a temporary file. May be read by several threads at once. */
public interface Content extends AutoCloseable {

    /** Content in memory. The bytes are not copied; closing it does nothing. */
    static Content of(byte[] bytes) {
        return new MemoryContent(bytes);
    }

    /** In bytes. */
    long size();

    /** A stream of its own, from the first byte; any number may be open at once. */
    InputStream open() throws IOException;

    /** Everything; needs as much memory. Not copied where it is in memory. */
    byte[] bytes() throws IOException;

    /** The temporary file, while it has a name; empty for what is in memory. */
    Optional<Path> path();

    /**
     * Gives back the room of the temporary file; what is in it can still be read through this object. It goes into memory,
     * where it takes up no more than 1/64 of the largest heap. Longer content stays in a file without a name, whose room is
     * free again once this object is closed or unreachable.
     */
    void leaveDisk();

    /** Frees everything; nothing can be read afterwards. Closing again does nothing. */
    @Override
    void close();
}
