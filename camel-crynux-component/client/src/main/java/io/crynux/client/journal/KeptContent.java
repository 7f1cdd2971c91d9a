// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.Content;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of the journal, which its readers can neither change nor delete. */
final class KeptContent implements Content {
    private final Path file;
    private final long size;

    KeptContent(Path file, long size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        return new BufferedInputStream(Files.newInputStream(file));
    }

    @Override
    public byte[] bytes() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Empty: callers may move or delete a temporary file, but not this one. */
    @Override
    public Optional<Path> path() {
        return Optional.empty();
    }

    @Override
    public void leaveDisk() {
        // It stays for the next request.
    }

    @Override
    public void close() {
        // It stays for the next request.
    }
}
