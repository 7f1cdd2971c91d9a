// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name of a temporary file: only its owner may read it, and it is deleted once. */
final class TemporaryName {
    static final Logger LOG = LoggerFactory.getLogger(TemporaryName.class);

    private final Path path;
    private boolean deleted;

    /** Makes an empty file in the JVM's directory for temporary files, with the id of this process in its name. */
    TemporaryName() throws IOException {
        path = Files.createTempFile("crynux-" + ProcessHandle.current().pid() + "-", ".result");
    }

    Path path() {
        return path;
    }

    synchronized boolean exists() {
        return !deleted;
    }

    /** Deletes the file, unless it was before. */
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

    synchronized void deleteAtLast() {
        delete();
        if (!deleted) {
            LOG.warn("The temporary file {} could not be deleted; delete it by hand", path);
        }
    }
}
