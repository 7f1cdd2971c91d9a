// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** An open file. */
final class FileBytes implements StoredBytes {
    // A FileChannel would be closed when its thread is interrupted, as those of a pool that is shut down are.
    private final RandomAccessFile writer;
    private final RandomAccessFile reader;
    private final Object fileKey;

    FileBytes(Path file) throws IOException {
        this.fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        this.writer = new RandomAccessFile(file.toFile(), "rw");
        try {
            this.reader = new RandomAccessFile(file.toFile(), "r");
        } catch (IOException e) {
            writer.close();
            throw e;
        }
        writer.seek(writer.length());
    }

    /** What tells the file apart from others, whatever its name; null where the system has no such thing. */
    Object fileKey() {
        return fileKey;
    }

    @Override
    public long size() throws IOException {
        return writer.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
        synchronized (reader) {
            reader.seek(position);
            return reader.read(into, offset, length);
        }
    }

    @Override
    public void append(byte[] bytes, int length) throws IOException {
        writer.write(bytes, 0, length);
    }

    @Override
    public void force() throws IOException {
        writer.getFD().sync();
    }

    @Override
    public void truncate(long size) throws IOException {
        writer.setLength(size);
        writer.seek(size);
        force();
    }

    @Override
    public void close() throws IOException {
        try {
            reader.close();
        } finally {
            writer.close();
        }
    }
}
