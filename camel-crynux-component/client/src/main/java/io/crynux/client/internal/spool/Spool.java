// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import io.crynux.client.task.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Collects content: in memory up to a threshold, beyond it in a temporary file. Finishing or discarding ends it; later calls do
 * nothing.
 */
public final class Spool {
    private static final int CHUNK = 16 * 1024;

    private final long threshold;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private FileContent.TemporaryFile file;
    private long size;
    private boolean over;

    /** @param threshold maximum size of content in memory, in bytes */
    public Spool(long threshold) {
        this.threshold = threshold;
    }

    /** Number of bytes written. */
    public synchronized long size() {
        return size;
    }

    /**
     * Writes the remaining bytes of the buffer.
     *
     * @throws NoRoomException if the temporary file cannot be created or written
     */
    public synchronized void write(ByteBuffer buffer) throws IOException {
        if (over) {
            return;
        }
        try {
            append(buffer);
        } catch (NoRoomException e) {
            UnnamedFiles.free();
            throw e;
        } catch (IOException e) {
            UnnamedFiles.free();
            throw new NoRoomException(e);
        }
    }

    private void append(ByteBuffer buffer) throws IOException {
        size += buffer.remaining();
        if (file == null && size > threshold) {
            file = new FileContent.TemporaryFile(new TemporaryName());
            file.append(memory.toByteArray(), memory.size());
            memory.reset();
        }
        byte[] chunk = new byte[Math.min(CHUNK, buffer.remaining())];
        while (buffer.hasRemaining()) {
            int length = Math.min(chunk.length, buffer.remaining());
            buffer.get(chunk, 0, length);
            if (file == null) {
                memory.write(chunk, 0, length);
            } else {
                file.append(chunk, length);
            }
        }
    }

    /**
     * Ends the spool and returns its content.
     *
     * @throws IllegalStateException if it was finished or discarded before
     */
    public synchronized Content finish() {
        if (over) {
            throw new IllegalStateException("The spool is finished or discarded");
        }
        over = true;
        return file == null ? Content.of(memory.toByteArray()) : new FileContent(file, size);
    }

    /** Discards the content, unless the spool is finished. */
    public synchronized void discard() {
        if (!over) {
            over = true;
            if (file != null) {
                file.close();
            }
        }
    }
}
