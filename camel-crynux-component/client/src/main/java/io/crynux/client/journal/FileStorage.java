// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/** A file on a disk, and beside it the note, and while the file is being replaced the next one. */
final class FileStorage implements JournalStorage {
    /** With less, not even the end of a task can be counted on to fit. */
    private static final long LEAST_ROOM = 1L << 20;
    /** Longest note that is read, in bytes. */
    private static final int LONGEST_NOTE = 1024;

    private final Path file;
    private final Path next;
    private final Path note;
    private RandomAccessFile noteHandle;

    FileStorage(Path file) {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".new");
        this.note = file.resolveSibling(file.getFileName() + ".position");
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public StoredBytes open() throws IOException {
        // A crash may have left one, which says nothing that the file does not say.
        Files.deleteIfExists(next);
        return Files.exists(file) ? new FileBytes(file) : null;
    }

    @Override
    public StoredBytes create() throws IOException {
        Files.deleteIfExists(next);
        OwnerOnly.createFile(next);
        return new FileBytes(next);
    }

    @Override
    public void replace(StoredBytes created) throws IOException {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void forceName() throws IOException {
        forceDirectory(directory());
    }

    private Path directory() {
        return file.toAbsolutePath().getParent();
    }

    @Override
    public void checkSame(StoredBytes opened, long size) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new LostJournalException("the file was deleted or moved away");
        }
        // Windows has no file key, and lets nobody delete or replace a file that is open.
        if (!Objects.equals(found.fileKey(), ((FileBytes) opened).fileKey())) {
            throw new LostJournalException("another file was put in its place");
        }
        if (size >= 0 && found.size() != size) {
            throw new LostJournalException(
                    "the file was changed: it has " + found.size() + " bytes, and " + size + " were written");
        }
        if (!Files.isWritable(file)) {
            throw new AccessDeniedException(file.toString(), null, "the file may not be written any more");
        }
    }

    @Override
    public void check() throws IOException {
        if (!Files.isWritable(directory())) {
            throw new AccessDeniedException(directory().toString(), null, "the directory may not be written any more");
        }
        long room = file.toFile().getUsableSpace();
        if (room < LEAST_ROOM) {
            throw new IOException("there is room for " + room + " bytes only");
        }
    }

    @Override
    public String readNote() throws IOException {
        if (!Files.exists(note)) {
            return null;
        }
        try (var in = Files.newInputStream(note)) {
            return new String(in.readNBytes(LONGEST_NOTE), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void writeNote(String text, boolean force) throws IOException {
        if (noteHandle == null) {
            boolean isNew = !Files.exists(note);
            if (isNew) {
                OwnerOnly.createFile(note);
            }
            noteHandle = new RandomAccessFile(note.toFile(), "rw");
            noteHandle.setLength(text.length());
            if (isNew) {
                forceDirectory(directory());
            }
        }
        noteHandle.seek(0);
        noteHandle.write(text.getBytes(StandardCharsets.US_ASCII));
        if (force) {
            noteHandle.getFD().sync();
        }
    }

    @Override
    public void close() throws IOException {
        if (noteHandle != null) {
            noteHandle.close();
        }
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
}
