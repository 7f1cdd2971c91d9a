// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary files of this process, in the directory that the system property {@code java.io.tmpdir} names:
 * {@code crynux-<process id>-<number>-<number>.result}, and {@code crynux-<process id>-<number>.lock}, which is locked for
 * as long as the process lives. The lock shows whether the process is alive, not its id: ids are reused, and containers that
 * share a directory do not see each other's processes.
 */
public final class TemporaryFiles {
    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);
    private static final String PREFIX = "crynux-";
    private static final String OF_THIS_PROCESS =
            PREFIX + ProcessHandle.current().pid() + "-";
    private static final String LOCK = ".lock";
    private static final String RESULT = ".result";
    private static final int LOCK_TRIES = 3;

    /** Prefix of the names of this process's files; null before the first. */
    private static String owner;

    private TemporaryFiles() {}

    /** Deletes files of killed processes, but not those of running ones, including processes on other hosts. */
    public static void sweep() {
        try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory(), PREFIX + "*" + LOCK)) {
            for (Path lock : locks) {
                // Closing any handle of a lock file releases the process's lock on it.
                if (!name(lock).startsWith(OF_THIS_PROCESS)) {
                    sweepIfDead(lock);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("Temporary files of earlier processes cannot be listed", e);
        }
    }

    private static void sweepIfDead(Path lock) {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock dead = channel.tryLock()) {
            if (dead == null) {
                return;
            }
            String files = name(lock).substring(0, name(lock).length() - LOCK.length());
            try (DirectoryStream<Path> results = Files.newDirectoryStream(directory(), files + "-*" + RESULT)) {
                for (Path result : results) {
                    Files.deleteIfExists(result);
                    LOG.info("Deleted {}, which a killed process had left", result);
                }
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Another user's file, or another process is deleting it.
            LOG.debug("Temporary files cannot be deleted beside {}", lock, e);
            return;
        }
        delete(lock);
    }

    private static void delete(Path lock) {
        try {
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            LOG.debug("{} cannot be deleted", lock, e);
        }
    }

    /** Creates an empty file that only its owner can read. */
    static Path create() throws IOException {
        try {
            return Files.createTempFile(directory(), owner() + "-", RESULT);
        } catch (IOException | RuntimeException e) {
            throw new NoRoomException(e);
        }
    }

    private static synchronized String owner() throws IOException {
        for (int i = 0; owner == null && i < LOCK_TRIES; i++) {
            Path lock = Files.createTempFile(directory(), OF_THIS_PROCESS, LOCK);
            if (isLocked(lock)) {
                lock.toFile().deleteOnExit();
                owner = name(lock).substring(0, name(lock).length() - LOCK.length());
            }
        }
        // Without a lock no other process deletes the files of this one.
        return owner == null ? OF_THIS_PROCESS + "unlocked" : owner;
    }

    /** Locks the file until the process ends; false if another process deletes it, or the file system has no locks. */
    private static boolean isLocked(Path lock) throws IOException {
        FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null && Files.exists(lock)) {
                return true;
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("{} cannot be locked", lock, e);
        }
        channel.close();
        delete(lock);
        return false;
    }

    static Path directory() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
