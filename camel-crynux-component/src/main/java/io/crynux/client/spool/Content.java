// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Bytes that came in, in memory or in a temporary file. May be read by several threads at once. */
public interface Content extends AutoCloseable {

    /** In bytes. */
    long size();

    /** A stream of its own, from the first byte; any number may be open at once. */
    InputStream open() throws IOException;

    /** Everything; needs as much memory. Not copied where it is in memory. */
    byte[] bytes() throws IOException;

    /** The temporary file, while it has a name; empty for what is in memory. */
    Optional<Path> path();

    /**
     * Takes the temporary file out of its directory. What is in it can still be read through this object; its room on the
     * disk is free again once this object is closed or unreachable.
     */
    void unlink();

    /** Frees everything; nothing can be read afterwards. Closing again does nothing. */
    @Override
    void close();
}
