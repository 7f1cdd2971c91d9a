// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A damaged journal is never repaired by a guess. Whoever would rather go on without what is lost says so by a file of a certain
 * name in the journal's directory, for one start.
 */
final class AcceptedLoss {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedLoss.class);
    private static final int BLOCK = 1 << 16;

    private final Path directory;
    private final Path marker;

    AcceptedLoss(Path directory) {
        this.directory = directory;
        this.marker = directory.resolve("accept-loss");
    }

    boolean isAccepted() {
        return Files.exists(marker);
    }

    /** For messages: what to do to accept the loss. */
    String howTo() {
        return "create an empty file " + marker + " and start again";
    }

    /** Keeps a copy of damaged bytes for whoever looks for lost tasks in them. */
    void keepCopy(StoredBytes damaged) throws IOException {
        Path copy = freeName();
        OwnerOnly.createFile(copy);
        try (RandomAccessFile out = new RandomAccessFile(copy.toFile(), "rw")) {
            byte[] block = new byte[BLOCK];
            long position = 0;
            for (int read = damaged.read(0, block, 0, BLOCK);
                    read > 0;
                    read = damaged.read(position, block, 0, BLOCK)) {
                out.write(block, 0, read);
                position += read;
            }
            out.getFD().sync();
        }
        LOG.warn("The damaged task journal was copied to {}", copy);
    }

    private Path freeName() {
        for (int i = 1; ; i++) {
            Path name = directory.resolve("tasks.journal.damaged-" + i);
            if (!Files.exists(name)) {
                return name;
            }
        }
    }

    /** The loss is accepted, and the journal whole again: the next loss needs another decision. */
    void used(String what) throws IOException {
        LOG.warn("{}. {} accepts the loss: tasks that are no longer in the journal may be paid again", what, marker);
        Files.delete(marker);
    }

    /** The journal is whole. */
    void notNeeded() throws IOException {
        if (Files.deleteIfExists(marker)) {
            LOG.warn("{} was deleted: the task journal is not damaged", marker);
        }
    }
}
