// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the file of a journal: reads it, refuses it when it is damaged, makes one of today's format of an older one. */
final class JournalOpening {
    private static final Logger LOG = LoggerFactory.getLogger(JournalOpening.class);

    private final JournalStorage storage;
    private final JournalScope scope;
    private final AcceptedLoss loss;
    private final PositionNote note;

    private JournalOpening(JournalStorage storage, JournalScope scope, AcceptedLoss loss) throws IOException {
        this.storage = storage;
        this.scope = scope;
        this.loss = loss;
        this.note = PositionNote.of(storage.readNote());
    }

    /**
     * Reads what is there, and makes it ready for more.
     *
     * @param visitor is given each line in order
     * @throws JournalException when it is not a journal of that network, or is damaged; it is left as it is
     */
    static JournalFile open(
            JournalStorage storage, JournalScope scope, AcceptedLoss loss, JournalReader.Visitor visitor)
            throws IOException {
        return new JournalOpening(storage, scope, loss).open(visitor);
    }

    private JournalFile open(JournalReader.Visitor visitor) throws IOException {
        StoredBytes bytes = storage.open();
        if (bytes == null) {
            String problem = note == null ? null : "it is missing, but line " + note.line() + " of it was written";
            accept(problem, null);
            create();
            return open(storage.open(), problem, visitor);
        }
        String problem = null;
        try (StoredBytes older = bytes) {
            Version1Journal version1 = new Version1Journal(storage.name(), older);
            if (version1.isOne()) {
                problem = upgrade(version1, older);
            } else {
                Version2Journal version2 = new Version2Journal(storage.name(), older, scope, note);
                if (version2.isOne()) {
                    problem = upgrade(version2, older);
                }
            }
        }
        return open(storage.open(), problem, visitor);
    }

    /** @param before what was wrong with it already, and is accepted, or null */
    private JournalFile open(StoredBytes bytes, String before, JournalReader.Visitor visitor) throws IOException {
        try {
            return read(bytes, before, visitor);
        } catch (Throwable e) {
            bytes.close();
            throw e;
        }
    }

    private JournalFile read(StoredBytes bytes, String before, JournalReader.Visitor visitor) throws IOException {
        JournalReader reader = new JournalReader(storage.name(), bytes, scope, before == null ? note : null);
        String problem = reader.read(visitor);
        accept(problem, bytes);
        if (reader.goodSize() == 0) {
            bytes.close();
            create();
            return open(storage.open(), problem, visitor);
        }
        if (reader.goodSize() < bytes.size()) {
            if (problem == null) {
                warnTorn(bytes.size() - reader.goodSize());
            }
            bytes.truncate(reader.goodSize());
        }
        return noted(new JournalFile(storage, bytes, reader), problem == null ? before : problem);
    }

    private void create() throws IOException {
        replace(new NextFile(storage, JournalHeader.of(scope.network()), 0));
    }

    private void replace(NextFile file) throws IOException {
        try {
            file.force();
            // Windows renames no file that is open.
            file.bytes().close();
            storage.replace(file.bytes());
        } catch (Throwable e) {
            file.discard(e);
            throw e;
        }
        storage.forceName();
    }

    /** @return the damage that is accepted, or null */
    private String upgrade(Version1Journal older, StoredBytes bytes) throws IOException {
        NextFile file = new NextFile(storage, older.header(scope), 0);
        String problem;
        try {
            problem = older.copy(file);
            if (problem == null && note != null) {
                problem = "it is a copy of an older version, but line " + note.line() + " of a newer one was written";
            }
            accept(problem, bytes);
        } catch (Throwable e) {
            file.discard(e);
            throw e;
        }
        upgraded(file, problem == null ? bytes.size() - older.goodSize() : 0);
        return problem;
    }

    private String upgrade(Version2Journal older, StoredBytes bytes) throws IOException {
        NextFile file = older.copy(storage);
        try {
            accept(older.problem(), bytes);
        } catch (Throwable e) {
            file.discard(e);
            throw e;
        }
        upgraded(file, older.problem() == null ? bytes.size() - older.goodSize() : 0);
        return older.problem();
    }

    /** @param torn number of bytes at the end that are an incomplete line */
    private void upgraded(NextFile file, long torn) throws IOException {
        if (torn > 0) {
            warnTorn(torn);
        }
        replace(file);
        LOG.info("The task journal {} was upgraded to format {}", storage.name(), JournalHeader.VERSION);
    }

    private void warnTorn(long torn) {
        LOG.warn(
                "The last {} bytes of the task journal {} are an incomplete line, as a crash leaves it. It was never"
                        + " confirmed, and is removed",
                torn,
                storage.name());
    }

    /**
     * Refuses damage unless the user accepts it.
     *
     * @param bytes of which a copy is kept then, or null
     */
    private void accept(String problem, StoredBytes bytes) throws IOException {
        if (problem == null) {
            return;
        }
        if (!loss.isAccepted()) {
            throw new JournalException("The task journal " + storage.name() + " is damaged: " + problem
                    + ". Nothing of it was changed, and nothing is paid. Restore the latest copy of its directory; or,"
                    + " to continue without the lost lines, whose tasks may be paid again, "
                    + loss.howTo());
        }
        if (bytes != null) {
            loss.keepCopy(bytes);
        }
    }

    private JournalFile noted(JournalFile file, String accepted) throws IOException {
        file.note();
        if (accepted == null) {
            loss.notNeeded();
        } else {
            loss.used("The task journal " + storage.name() + " was damaged: " + accepted);
        }
        return file;
    }
}
