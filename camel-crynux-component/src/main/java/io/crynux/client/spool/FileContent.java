// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.spool;

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
 * stays readable when the file has lost its name: whoever still has this object, such as a Camel aggregation whose
 * exchanges have ended, must not find it empty. An object that nobody closes is freed once it is unreachable.
 */
final class FileContent implements Content {
    private static final Cleaner CLEANER = Cleaner.create();
    private static final int READ_AHEAD = 16 * 1024;

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
                throw new EOFException("The temporary file of a result was cut short");
            }
            return all;
        }
    }

    @Override
    public Optional<Path> path() {
        return file.path();
    }

    @Override
    public void unlink() {
        file.unlink();
    }

    @Override
    public void close() {
        freeing.clean();
    }

    private int read(long position, byte[] into, int offset, int length) throws IOException {
        try {
            return file.read(position, into, offset, length);
        } finally {
            // Without it the object could be found unreachable, and the file closed, in the middle of a read.
            Reference.reachabilityFence(this);
        }
    }

    /** Has a place of its own in the file, and keeps the content reachable. */
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

        // A FileChannel would be closed for all readers when the thread of one is interrupted.
        TemporaryFile(TemporaryName name) throws IOException {
            this.name = name;
            this.handle = new RandomAccessFile(name.path().toFile(), "rw");
        }

        synchronized void append(byte[] bytes, int length) throws IOException {
            handle.write(bytes, 0, length);
        }

        private synchronized int read(long position, byte[] into, int offset, int length) throws IOException {
            handle.seek(position);
            return handle.read(into, offset, length);
        }

        private Optional<Path> path() {
            return name.exists() ? Optional.of(name.path()) : Optional.empty();
        }

        private void unlink() {
            name.delete();
        }

        synchronized void close() {
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
