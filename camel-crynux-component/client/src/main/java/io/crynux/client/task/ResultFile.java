// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of a result: an image, or a chat completion. Small files are in memory, larger ones in a temporary file (see
 * {@link TaskRequest#spoolThreshold()}); close them to free its space, or the garbage collector does so later. Several threads
 * can read a file at the same time.
 */
public final class ResultFile implements AutoCloseable {
    private final String contentType;
    private final Content content;

    /** @param content content, which is closed with this file */
    public ResultFile(String contentType, Content content) {
        this.contentType = contentType;
        this.content = content;
    }

    /** A file in memory. The bytes are not copied. */
    public ResultFile(String contentType, byte[] bytes) {
        this(contentType, Content.of(bytes));
    }

    /** MIME type, such as image/png or application/json. */
    public String contentType() {
        return contentType;
    }

    /** Size in bytes. */
    public long size() {
        return content.size();
    }

    /**
     * Opens a new stream at the first byte; any number can be open at the same time.
     *
     * @throws UncheckedIOException if the temporary file cannot be read
     */
    public InputStream open() {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The whole content in memory; not copied if it is already there.
     *
     * @throws UncheckedIOException if the temporary file cannot be read
     */
    public byte[] bytes() {
        try {
            return content.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The temporary file while it has a name; empty for content in memory. Do not change the file; copy it to keep it. */
    public Optional<Path> path() {
        return content.path();
    }

    /**
     * Deletes the temporary file; this object can still read the content. Content up to 1/64 of the maximum heap moves to
     * memory. Larger content stays in a file without a name, whose space is freed once this object is closed or unreachable.
     * (On systems that do not delete open files, the name stays until then.)
     */
    public void leaveDisk() {
        content.leaveDisk();
    }

    /** Deletes the temporary file; the content cannot be read afterwards. */
    @Override
    public void close() {
        content.close();
    }

    /** Shows only type and size, because the content may be large or private. */
    @Override
    public String toString() {
        return "ResultFile[" + contentType + ", " + size() + " bytes]";
    }
}
