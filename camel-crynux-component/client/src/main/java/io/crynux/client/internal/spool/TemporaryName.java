// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name of a temporary file, which only its owner can read, and which is deleted once. */
public final class TemporaryName {
    static final Logger LOG = LoggerFactory.getLogger(TemporaryName.class);

    private final Path path;
    private boolean deleted;

    /**
     * Creates an empty file, see {@link TemporaryFiles}.
     *
     * @throws NoRoomException if it cannot be created
     */
    public TemporaryName() throws IOException {
        path = TemporaryFiles.create();
    }

    public Path path() {
        return path;
    }

    synchronized boolean exists() {
        return !deleted;
    }

    /** Deletes the file, unless it is already deleted. */
    synchronized void delete() {
        try {
            if (!deleted) {
                Files.deleteIfExists(path);
                deleted = true;
            }
        } catch (IOException e) {
            LOG.debug("The temporary file {} cannot be deleted while it is open", path, e);
        }
    }

    /** Deletes the closed file, and logs a warning if that fails. */
    public synchronized void deleteAtLast() {
        delete();
        if (!deleted) {
            LOG.warn("The temporary file {} could not be deleted; delete it by hand", path);
        }
    }
}
