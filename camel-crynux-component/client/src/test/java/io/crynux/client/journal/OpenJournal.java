// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.ResultFile;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A session for tests, which waits for what it asks. */
record OpenJournal(JournalSession session) implements AutoCloseable {

    /** Opens a journal; throws what the stage fails with. */
    static OpenJournal of(TaskJournal journal, JournalScope scope, Executor executor) {
        return new OpenJournal(join(journal.open(scope, new JournalOwner("test", executor))));
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    CompletionStage<Void> write(JournalRecord record) {
        return session.commit(record, JournalSession.FIRST_EPOCH);
    }

    List<JournalRecord> unsettled() {
        return join(session.unsettled()).stream().map(OwnedRecord::record).toList();
    }

    Optional<TaskRecord> find(String idempotencyKey) {
        return session instanceof FileJournalSession file
                ? file.find(idempotencyKey)
                : ((InMemoryTaskJournal.Session) session).find(idempotencyKey);
    }

    CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files) {
        return session.keep(task, files);
    }

    List<ResultFile> keptResult(TaskRecord task) {
        return join(session.kept(task));
    }

    CompletionStage<Void> check() {
        return session.check();
    }

    @Override
    public void close() {
        join(session.close());
    }
}
