// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import io.crynux.client.task.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Collects content: in memory up to a threshold, beyond it in a temporary file. To be finished or discarded, whichever
 * comes first; what comes later does nothing.
 */
public final class Spool {
    private static final int CHUNK = 16 * 1024;

    private final long threshold;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private FileContent.TemporaryFile file;
    private long size;
    private boolean over;

    /** @param threshold longest content that is kept in memory, in bytes */
    public Spool(long threshold) {
        this.threshold = threshold;
    }

    /** How much was written. */
    public synchronized long size() {
        return size;
    }

    /**
     * Takes everything that remains in the buffer.
     *
     * @throws NoRoomException when the temporary file cannot be made or written
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
     * What was written.
     *
     * @throws IllegalStateException when it was finished or discarded before
     */
    public synchronized Content finish() {
        if (over) {
            throw new IllegalStateException("The spool is finished or discarded");
        }
        over = true;
        return file == null ? Content.of(memory.toByteArray()) : new FileContent(file, size);
    }

    /** Throws away what was written, unless it is finished. */
    public synchronized void discard() {
        if (!over) {
            over = true;
            if (file != null) {
                file.close();
            }
        }
    }
}
