// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A journal in a directory on a local disk. A record is forced to the disk before its payment is sent; records that come
 * together are forced together. The directory has the file {@code tasks.journal} (lines of JSON, chained by their checksums), the
 * results that are kept, a note of how far the journal was written, and a lock: one process at a time, one network, any number of wallets. All files are readable for
 * their owner only, since they contain prompts.
 *
 * <p>The journal refuses to open when a line is damaged, missing or out of place, and takes no payments while its file is
 * deleted, replaced or cannot be written.
 *
 * <p>A network file system must support locks and forced writes.
 */
public final class FileTaskJournal implements TaskJournal {
    /** Size in bytes from which the file is compacted. */
    private static final long COMPACTED_FROM = 16L * 1024 * 1024;

    private final Path directory;
    private final long compactedFrom;
    private final StorageOpener storage;

    /** Opens the bytes of the journal file. */
    interface StorageOpener {
        JournalStorage open(Path file);
    }

    /** @param directory created if it does not exist; nothing is read or written before the journal is opened */
    public FileTaskJournal(String directory) {
        this(directory, COMPACTED_FROM, FileStorage::new);
    }

    FileTaskJournal(String directory, long compactedFrom, StorageOpener storage) {
        this.directory = Path.of(directory);
        this.compactedFrom = compactedFrom;
        this.storage = storage;
    }

    @Override
    public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
        return CompletableFuture.supplyAsync(() -> open(scope, owner.executor()), owner.executor());
    }

    private JournalSession open(JournalScope scope, Executor executor) {
        FileChannel lock = null;
        JournalStorage opened = null;
        try {
            OwnerOnly.createDirectory(directory);
            lock = lock();
            opened = storage.open(directory.resolve("tasks.journal"));
            ResultStore results = new ResultStore(directory.resolve("results"));
            AcceptedLoss loss = new AcceptedLoss(directory);
            return FileJournalSession.open(opened, loss, results, lock, scope, executor, compactedFrom);
        } catch (IOException | RuntimeException e) {
            closeQuietly(opened == null ? null : opened::close, e);
            closeQuietly(lock, e);
            if (e instanceof JournalException known) {
                throw known;
            }
            throw new JournalException(
                    "The task journal in " + directory + " cannot be opened: " + e
                            + ". Check that the directory exists or can be created, is writable and has free space",
                    e);
        }
    }

    private FileChannel lock() throws IOException {
        Path file = directory.resolve("lock");
        if (!Files.exists(file)) {
            OwnerOnly.createFile(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            channel.close();
            throw new JournalException(
                    "The task journal in " + directory + " is in use by another process, or by another"
                            + " component of this one. Stop it first, or give each its own directory and wallet");
        }
        return channel;
    }

    private static void closeQuietly(AutoCloseable opened, Exception why) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    @Override
    public String toString() {
        return "FileTaskJournal[" + directory + "]";
    }
}
