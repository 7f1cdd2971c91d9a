// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file on a disk. */
final class FileStorage implements JournalStorage {
    /** With less, not even the end of a task can be counted on to fit. */
    private static final long LEAST_ROOM = 1L << 20;

    private final Path file;
    // A FileChannel would be closed when its thread is interrupted, as those of a pool that is shut down are.
    private RandomAccessFile handle;

    FileStorage(Path file) throws IOException {
        this.file = file;
        boolean isNew = !Files.exists(file);
        if (isNew) {
            OwnerOnly.createFile(file);
        }
        this.handle = new RandomAccessFile(file.toFile(), "rw");
        handle.seek(handle.length());
        if (isNew) {
            forceDirectory(file.toAbsolutePath().getParent());
        }
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public long size() throws IOException {
        return handle.length();
    }

    @Override
    public InputStream read() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void append(byte[] bytes) throws IOException {
        handle.write(bytes);
    }

    @Override
    public void force() throws IOException {
        handle.getFD().sync();
    }

    @Override
    public void truncate(long size) throws IOException {
        handle.setLength(size);
        handle.seek(size);
        force();
    }

    @Override
    public void check() throws IOException {
        // What is appended to a file that has been deleted is lost with the process.
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isWritable(file) || !Files.isWritable(file.toAbsolutePath().getParent())) {
            throw new AccessDeniedException(file.toString());
        }
        long room = file.toFile().getUsableSpace();
        if (room < LEAST_ROOM) {
            throw new IOException("there is room for " + room + " bytes only");
        }
    }

    @Override
    public void replace(List<byte[]> parts) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        OwnerOnly.createFile(next);
        RandomAccessFile nextHandle = new RandomAccessFile(next.toFile(), "rw");
        try {
            for (byte[] part : parts) {
                nextHandle.write(part);
            }
            nextHandle.getFD().sync();
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            nextHandle.close();
            Files.deleteIfExists(next);
            throw e;
        }
        RandomAccessFile before = handle;
        handle = nextHandle;
        before.close();
        forceDirectory(file.toAbsolutePath().getParent());
    }

    /** Makes names survive; where a directory cannot be opened (Windows), the file system does so by itself. */
    static void forceDirectory(Path directory) throws IOException {
        FileChannel opened;
        try {
            opened = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            if (System.getProperty("os.name").startsWith("Windows")) {
                return;
            }
            throw e;
        }
        try (opened) {
            opened.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
