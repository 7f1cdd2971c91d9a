// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A journal that tells what is written to it: before it is written, and when it is. */
public final class WatchedJournal implements TaskJournal {
    private final TaskJournal journal;
    private volatile Consumer<JournalRecord> beforeWrite = record -> {};
    private volatile Consumer<JournalRecord> afterWrite = record -> {};
    private volatile JournalSession session;

    public WatchedJournal(TaskJournal journal) {
        this.journal = journal;
    }

    public void beforeWrite(Consumer<JournalRecord> watcher) {
        beforeWrite = watcher;
    }

    public void afterWrite(Consumer<JournalRecord> watcher) {
        afterWrite = watcher;
    }

    /** What the client that has it open finds there. */
    public List<JournalRecord> unsettled() {
        return session.unsettled();
    }

    @Override
    public JournalSession open(JournalScope scope, Executor executor) {
        session = journal.open(scope, executor);
        return new Watched(session);
    }

    @Override
    public boolean isDurable() {
        return journal.isDurable();
    }

    private final class Watched implements JournalSession {
        private final JournalSession opened;

        Watched(JournalSession opened) {
            this.opened = opened;
        }

        @Override
        public CompletionStage<Void> write(JournalRecord record) {
            beforeWrite.accept(record);
            return opened.write(record).thenAccept(written -> afterWrite.accept(record));
        }

        @Override
        public List<JournalRecord> unsettled() {
            return opened.unsettled();
        }

        @Override
        public Optional<TaskRecord> find(String idempotencyKey) {
            return opened.find(idempotencyKey);
        }

        @Override
        public List<JournalRecord> signedSince(Instant time) {
            return opened.signedSince(time);
        }

        @Override
        public CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files) {
            return opened.keepResult(task, files);
        }

        @Override
        public List<ResultFile> keptResult(TaskRecord task) {
            return opened.keptResult(task);
        }

        @Override
        public CompletionStage<Void> check() {
            return opened.check();
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
