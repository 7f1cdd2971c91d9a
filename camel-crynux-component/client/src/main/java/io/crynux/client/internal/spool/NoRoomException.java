// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.io.IOException;

/** A temporary file cannot be made or written, such as on a full disk. */
public final class NoRoomException extends IOException {
    private static final long serialVersionUID = 1L;

    NoRoomException(Exception cause) {
        super(
                "it cannot be written to a temporary file (" + cause + "). Make room in " + TemporaryFiles.directory()
                        + ", or name another directory by the system property java.io.tmpdir",
                cause);
    }
}
