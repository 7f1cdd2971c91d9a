// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.ResultFile;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal in memory: all tasks are forgotten when the client closes it. */
public final class InMemoryTaskJournal implements TaskJournal {
    private Session session;

    @Override
    public synchronized CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
        if (session != null) {
            return CompletableFuture.failedFuture(
                    new JournalException("The task journal is used by another client; create one for each client"));
        }
        session = new Session(new RecordIndex(scope));
        return CompletableFuture.completedFuture(session);
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

    final class Session implements JournalSession {
        private final RecordIndex index;

        Session(RecordIndex index) {
            this.index = index;
        }

        @Override
        public CompletionStage<Claim> claim(TaskOrder order, String after) {
            synchronized (index) {
                Claim known = order.idempotencyKey() == null
                        ? null
                        : Claim.known(index.find(order.idempotencyKey()).orElse(null), after);
                if (known == null) {
                    index.put(TaskRecord.prepared(order));
                }
                return CompletableFuture.completedFuture(known == null ? new Claim.New(FIRST_EPOCH) : known);
            }
        }

        @Override
        public CompletionStage<Void> commit(JournalRecord record, long epoch) {
            if (epoch != FIRST_EPOCH) {
                return CompletableFuture.failedFuture(
                        new StaleOwnerException("The task journal has one owner, which never had epoch " + epoch));
            }
            synchronized (index) {
                JournalRecord before = index.get(record.key());
                boolean claimsSlot = SlotIndex.isUsed(record)
                        && (before == null || !record.slot().equals(before.slot()));
                if (claimsSlot && !index.slots().users(record.slot()).isEmpty()) {
                    return CompletableFuture.failedFuture(new SlotTakenException(record.slot(), record.key()));
                }
                index.put(record);
                index.dropExpired();
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<OwnedRecord>> unsettled() {
            synchronized (index) {
                return CompletableFuture.completedFuture(index.unsettled().stream()
                        .map(record -> new OwnedRecord(record, FIRST_EPOCH))
                        .toList());
            }
        }

        @Override
        public CompletionStage<Lane> lane(String id) {
            synchronized (index) {
                return CompletableFuture.completedFuture(index.slots().lane(id));
            }
        }

        @Override
        public CompletionStage<Void> release(Slot slot) {
            synchronized (index) {
                index.slots().users(slot).stream()
                        .findFirst()
                        .map(index::get)
                        .map(SlotIndex::released)
                        .ifPresent(index::put);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<BigInteger> spentSince(Instant time) {
            synchronized (index) {
                return CompletableFuture.completedFuture(index.spentSince(time));
            }
        }

        /** Not stored: the Relay has the result for longer than this process runs. */
        @Override
        public CompletionStage<Void> keep(TaskRecord task, List<ResultFile> files) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<List<ResultFile>> kept(TaskRecord task) {
            return CompletableFuture.completedFuture(List.of());
        }

        /** The record that answers a request. */
        Optional<TaskRecord> find(String idempotencyKey) {
            synchronized (index) {
                return index.find(idempotencyKey);
            }
        }

        @Override
        public CompletionStage<Void> close() {
            InMemoryTaskJournal.this.close(this);
            return CompletableFuture.completedFuture(null);
        }
    }
}
