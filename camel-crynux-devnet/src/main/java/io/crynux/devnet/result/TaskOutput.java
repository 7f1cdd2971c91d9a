// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import java.util.List;

/** What came out of a task: its files and the hash that the nodes agree on. */
public final class TaskOutput {
    private final List<byte[]> files;
    private final byte[] hash;

    TaskOutput(List<byte[]> files, byte[] hash) {
        this.files = List.copyOf(files);
        this.hash = hash.clone();
    }

    /** The files, in order: PNG pictures, or one JSON text. */
    public List<byte[]> files() {
        return files;
    }

    /** The hash of the files, see {@link ResultHash}. */
    public byte[] hash() {
        return hash.clone();
    }
}
