// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.ResultFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A journal in memory: all tasks are forgotten when the client closes it. */
public final class InMemoryTaskJournal implements TaskJournal {
    private Session session;

    @Override
    public synchronized JournalSession open(JournalScope scope, Executor executor) {
        if (session != null) {
            throw new JournalException("The task journal is used by another client; create one for each client");
        }
        session = new Session(new RecordIndex(scope));
        return session;
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    private synchronized void close(Session closed) {
        if (session == closed) {
            session = null;
        }
    }

    private final class Session implements JournalSession {
        private final RecordIndex index;

        Session(RecordIndex index) {
            this.index = index;
        }

        @Override
        public CompletionStage<Void> write(JournalRecord record) {
            synchronized (index) {
                index.put(record);
                index.dropExpired();
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<JournalRecord> unsettled() {
            synchronized (index) {
                return index.unsettled();
            }
        }

        @Override
        public Optional<TaskRecord> find(String idempotencyKey) {
            synchronized (index) {
                return index.find(idempotencyKey);
            }
        }

        @Override
        public List<JournalRecord> signedSince(Instant time) {
            synchronized (index) {
                return index.signedSince(time);
            }
        }

        /** Not stored: the Relay has the result for longer than this process runs. */
        @Override
        public CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public List<ResultFile> keptResult(TaskRecord task) {
            return List.of();
        }

        @Override
        public void close() {
            InMemoryTaskJournal.this.close(this);
        }
    }
}
