// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.io.IOException;

/** A temporary file cannot be created or written, for example on a full disk. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(Exception cause) {
        super(
                "it cannot be written to a temporary file (" + cause + "). Free space in " + TemporaryFiles.directory()
                        + ", or set another directory with the system property java.io.tmpdir",
                cause);
    }
}
