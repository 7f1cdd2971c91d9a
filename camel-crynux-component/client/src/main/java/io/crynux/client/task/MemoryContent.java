// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Content in memory; the garbage collector frees it. */
final class MemoryContent implements Content {
    private final byte[] bytes;

    /** @param bytes not copied */
    MemoryContent(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public Optional<Path> path() {
        return Optional.empty();
    }

    @Override
    public void leaveDisk() {
        // There is no file.
    }

    @Override
    public void close() {
        // Other readers may still use it, and the garbage collector frees the memory.
    }
}
