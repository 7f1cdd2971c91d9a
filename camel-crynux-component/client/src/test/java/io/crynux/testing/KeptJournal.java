// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A journal that outlives its clients, in memory; a write is durable only when the executor has come to it. */
public final class KeptJournal implements TaskJournal {
    private final Map<String, JournalRecord> records = new LinkedHashMap<>();
    private boolean open;
    private boolean losesWrites;

    /** Whether writes fail from now on. */
    public void losesWrites(boolean loses) {
        losesWrites = loses;
    }

    public List<JournalRecord> records() {
        return List.copyOf(records.values());
    }

    /** As an earlier process left it. */
    public void put(JournalRecord record) {
        records.remove(record.key());
        records.put(record.key(), record);
    }

    public List<JournalRecord> unsettled() {
        return records.values().stream().filter(record -> !record.isSettled()).toList();
    }

    @Override
    public JournalSession open(JournalScope scope, Executor executor) {
        if (open) {
            throw new JournalException("It is open already");
        }
        open = true;
        return new Session(scope, executor);
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    private final class Session implements JournalSession {
        private final JournalScope scope;
        private final Executor executor;
        private final List<Write> writes = new ArrayList<>();

        private record Write(JournalRecord record, CompletableFuture<Void> done) {}

        Session(JournalScope scope, Executor executor) {
            this.scope = scope;
            this.executor = executor;
        }

        @Override
        public CompletionStage<Void> write(JournalRecord record) {
            if (losesWrites) {
                return CompletableFuture.failedFuture(new JournalException("The disk is full, as told"));
            }
            Write write = new Write(record, new CompletableFuture<>());
            writes.add(write);
            executor.execute(this::flush);
            return write.done();
        }

        private void flush() {
            List<Write> all = List.copyOf(writes);
            writes.clear();
            for (Write write : all) {
                JournalRecord before = records.get(write.record().key());
                if (before == null || !before.isSettled()) {
                    put(write.record());
                }
                write.done().complete(null);
            }
        }

        @Override
        public List<JournalRecord> unsettled() {
            return KeptJournal.this.unsettled();
        }

        @Override
        public Optional<TaskRecord> find(String idempotencyKey) {
            Instant oldest = scope.clock().instant().minus(scope.retention());
            return records.values().stream()
                    .filter(record -> idempotencyKey.equals(record.idempotencyKey()))
                    .map(TaskRecord.class::cast)
                    .filter(record ->
                            !record.isSettled() || record.settlement().at().isAfter(oldest))
                    .reduce((earlier, later) -> isUncharged(later) && !isUncharged(earlier) ? earlier : later);
        }

        private static boolean isUncharged(TaskRecord record) {
            return record.state() == TaskState.REJECTED || record.state() == TaskState.REVERTED;
        }

        @Override
        public List<JournalRecord> signedSince(Instant time) {
            return records.values().stream()
                    .filter(record ->
                            record.isCommitted() && !record.spending().at().isBefore(time))
                    .toList();
        }

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
            flush();
            open = false;
        }
    }
}
