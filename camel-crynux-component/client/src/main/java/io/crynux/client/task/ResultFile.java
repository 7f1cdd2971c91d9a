// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file of a result: an image, or a chat completion. A short one is in memory, a longer one in a temporary file (see
 * {@link TaskRequest#spoolThreshold()}), which takes up room until this is closed: close it when you are done. One that is
 * never closed is freed when the garbage collector finds it. May be read by several threads at once.
 */
public final class ResultFile implements AutoCloseable {
    private final String contentType;
    private final Content content;

    /** @param content closed with this file */
    public ResultFile(String contentType, Content content) {
        this.contentType = contentType;
        this.content = content;
    }

    /** A file in memory; the bytes are not copied. */
    public ResultFile(String contentType, byte[] bytes) {
        this(contentType, Content.of(bytes));
    }

    /** MIME type, such as image/png or application/json. */
    public String contentType() {
        return contentType;
    }

    /** In bytes. */
    public long size() {
        return content.size();
    }

    /**
     * A stream of its own, from the first byte; any number may be open at once.
     *
     * @throws UncheckedIOException when the temporary file cannot be read
     */
    public InputStream open() {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole content, which needs as much memory. Not copied where it is in memory.
     *
     * @throws UncheckedIOException when the temporary file cannot be read
     */
    public byte[] bytes() {
        try {
            return content.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The temporary file while it has a name; empty for what is in memory. Not to be changed; copy what is to stay. */
    public Optional<Path> path() {
        return content.path();
    }

    /**
     * Gives back the room of the temporary file, while what is in it stays readable through this object: in memory, where it
     * takes up no more than 1/64 of the largest heap. A longer one stays in a file without a name, whose room is free again
     * once this is closed or unreachable. (Where the system does not delete open files, the name stays until then.)
     */
    public void leaveDisk() {
        content.leaveDisk();
    }

    /** Deletes the temporary file and frees its room; it cannot be read afterwards. */
    @Override
    public void close() {
        content.close();
    }

    /** The content may be large or private, so only its size is told. */
    @Override
    public String toString() {
        return "ResultFile[" + contentType + ", " + size() + " bytes]";
    }
}
