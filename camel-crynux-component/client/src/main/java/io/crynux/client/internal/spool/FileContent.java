// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import io.crynux.client.task.Content;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Content in a temporary file. All reading goes through one handle that is open from the beginning, so that the content
 * stays readable after the file is deleted. An object that is never closed is freed once it is unreachable.
 */
final class FileContent implements Content {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int READ_AHEAD = 16 * 1024;
    /** Maximum size of content that moves to memory when it leaves the disk; a few dozen still fit in the heap. */
    private static final long MAX_IN_MEMORY = Runtime.getRuntime().maxMemory() / 64;

    private final TemporaryFile file;
    private final Cleaner.Cleanable freeing;
    private final long size;

    FileContent(TemporaryFile file, long size) {
        this.file = file;
        this.size = size;
        this.freeing = CLEANER.register(this, file::close);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new BufferedInputStream(new Reader(), READ_AHEAD);
    }

    @Override
    public byte[] bytes() throws IOException {
        try (InputStream stream = new Reader()) {
            byte[] all = new byte[Math.toIntExact(size)];
            if (stream.readNBytes(all, 0, all.length) < all.length) {
                throw new EOFException("The temporary file of a result was truncated");
            }
            return all;
        }
    }

    @Override
    public Optional<Path> path() {
        return file.path();
    }

    @Override
    public void leaveDisk() {
        file.leaveDisk(size);
    }

    @Override
    public void close() {
        freeing.clean();
    }

    private int read(long position, byte[] into, int offset, int length) throws IOException {
        try {
            return file.read(position, into, offset, length);
        } finally {
            // Without it the cleaner could close the file during a read.
            Reference.reachabilityFence(this);
        }
    }

    /** Has a position of its own in the file, and keeps the content reachable. */
    private final class Reader extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = FileContent.this.read(position, into, offset, length);
            position += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, size - position));
            position += skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, size - position);
        }
    }

    /** An open file, without a reference to the content that it belongs to. */
    static final class TemporaryFile {
        private final RandomAccessFile handle;
        private final TemporaryName name;
        /** The content after it has left the disk; null before. */
        private byte[] memory;
        /** Whether the file has no name, but still uses disk space. */
        private boolean unnamed;

        private boolean closed;

        // A FileChannel would be closed for all readers when the thread of one is interrupted.
        TemporaryFile(TemporaryName name) throws IOException {
            this.name = name;
            this.handle = new RandomAccessFile(name.path().toFile(), "rw");
        }

        synchronized void append(byte[] bytes, int length) throws IOException {
            handle.write(bytes, 0, length);
        }

        private synchronized int read(long position, byte[] into, int offset, int length) throws IOException {
            if (memory == null) {
                handle.seek(position);
                return handle.read(into, offset, length);
            }
            int count = (int) Math.min(length, memory.length - position);
            if (count <= 0) {
                return length == 0 ? 0 : -1;
            }
            System.arraycopy(memory, (int) position, into, offset, count);
            return count;
        }

        private Optional<Path> path() {
            return name.exists() ? Optional.of(name.path()) : Optional.empty();
        }

        private synchronized void leaveDisk(long size) {
            if (memory != null || unnamed || closed) {
                return;
            }
            if (size <= MAX_IN_MEMORY && readAll((int) size)) {
                closeFile();
            } else {
                unnamed = true;
                UnnamedFiles.add();
                name.delete();
            }
        }

        private boolean readAll(int size) {
            byte[] all = new byte[size];
            try {
                handle.seek(0);
                handle.readFully(all);
            } catch (IOException e) {
                TemporaryName.LOG.warn("A temporary file cannot be read, and is kept", e);
                return false;
            }
            memory = all;
            return true;
        }

        synchronized void close() {
            memory = null;
            closeFile();
        }

        private void closeFile() {
            if (closed) {
                return;
            }
            closed = true;
            if (unnamed) {
                UnnamedFiles.remove();
            }
            try {
                handle.close();
            } catch (IOException e) {
                TemporaryName.LOG.warn("A temporary file could not be closed", e);
            }
            // Some systems delete a file only after it is closed.
            name.deleteAtLast();
        }
    }
}
