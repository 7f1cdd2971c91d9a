// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.Claim;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.Lane;
import io.crynux.client.journal.OwnedRecord;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A journal that outlives its clients, in memory; a write is durable only when the executor has come to it. */
public final class KeptJournal implements TaskJournal {
    private final Map<String, JournalRecord> records = new LinkedHashMap<>();
    private boolean open;
    private boolean losesWrites;
    private boolean losesClaims;

    /** Whether claims fail from now on. */
    public void losesClaims(boolean loses) {
        losesClaims = loses;
    }

    /** Whether writes other than claims fail from now on. */
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
    public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
        if (open) {
            return CompletableFuture.failedFuture(new JournalException("It is open already"));
        }
        open = true;
        return CompletableFuture.completedFuture(new Session(scope, owner.executor()));
    }

    @Override
    public boolean isDurable() {
        return true;
    }

    private final class Session implements JournalSession {
        private final JournalScope scope;
        private final Executor executor;
        private final List<Write> writes = new ArrayList<>();

        /** @param after see the claim; null for other writes */
        private record Write(JournalRecord record, boolean isClaim, String after, CompletableFuture<Claim> done) {}

        Session(JournalScope scope, Executor executor) {
            this.scope = scope;
            this.executor = executor;
        }

        @Override
        public CompletionStage<Claim> claim(TaskOrder order, String after) {
            return write(new Write(TaskRecord.prepared(order), true, after, new CompletableFuture<>()));
        }

        @Override
        public CompletionStage<Void> commit(JournalRecord record, long epoch) {
            return write(new Write(record, false, null, new CompletableFuture<>()))
                    .thenAccept(written -> {});
        }

        private CompletableFuture<Claim> write(Write write) {
            if (write.isClaim() ? losesClaims : losesWrites) {
                return CompletableFuture.failedFuture(new JournalException("The disk is full, as told"));
            }
            writes.add(write);
            executor.execute(this::flush);
            return write.done();
        }

        private void flush() {
            List<Write> all = List.copyOf(writes);
            writes.clear();
            for (Write write : all) {
                JournalRecord before = records.get(write.record().key());
                Claim known = write.isClaim() ? known(write.record().idempotencyKey(), write.after()) : null;
                if (known == null && (before == null || !before.isSettled())) {
                    put(write.record());
                }
                write.done()
                        .complete(known == null && write.isClaim() ? new Claim.New(JournalSession.FIRST_EPOCH) : known);
            }
        }

        private Claim known(String idempotencyKey, String after) {
            return idempotencyKey == null
                    ? null
                    : Claim.known(find(idempotencyKey).orElse(null), after);
        }

        @Override
        public CompletionStage<List<OwnedRecord>> unsettled() {
            return CompletableFuture.completedFuture(KeptJournal.this.unsettled().stream()
                    .map(record -> new OwnedRecord(record, JournalSession.FIRST_EPOCH))
                    .toList());
        }

        private Optional<TaskRecord> find(String idempotencyKey) {
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
        public CompletionStage<Lane> lane(String id) {
            return CompletableFuture.completedFuture(new Lane(null, Set.of()));
        }

        @Override
        public CompletionStage<Void> release(Slot slot) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<BigInteger> spentSince(Instant time) {
            return CompletableFuture.completedFuture(records.values().stream()
                    .filter(record -> record.isSettled()
                            && record.isCommitted()
                            && !record.spending().at().isBefore(time))
                    .map(record -> record.settlement().spentWei() == null
                            ? record.spending().mostWei()
                            : record.settlement().spentWei())
                    .reduce(BigInteger.ZERO, BigInteger::add));
        }

        @Override
        public CompletionStage<Void> keep(TaskRecord task, List<ResultFile> files) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<ResultFile>> kept(TaskRecord task) {
            return CompletableFuture.completedFuture(List.of());
        }

        @Override
        public CompletionStage<Void> close() {
            flush();
            open = false;
            return CompletableFuture.completedFuture(null);
        }
    }
}
