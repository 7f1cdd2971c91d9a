// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.journal.Claim;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.OwnedRecord;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's journal, which is open from the connection on, with the epochs of its records. What the journal throws at once is
 * a failure of the future like any other. Thread-safe.
 */
final class EngineJournal {
    private static final Logger LOG = LoggerFactory.getLogger(EngineJournal.class);

    private final TaskJournal journals;
    /** Epochs of records that are not settled, other than the first one. */
    private final Map<String, Long> epochs = new ConcurrentHashMap<>();

    private volatile JournalSession session;
    private volatile boolean durable;
    private volatile boolean ready;
    private volatile JournalException trouble;

    EngineJournal(TaskJournal journals) {
        this.journals = journals;
    }

    /** Fails with a {@link JournalException} when it cannot be opened, which {@link #check} reports, too, until it can. */
    CompletableFuture<Void> open(JournalScope scope, JournalOwner owner) {
        return Futures.start(() -> {
                    durable = journals.isDurable();
                    return journals.open(scope, owner);
                })
                .handle((opened, error) -> {
                    if (error != null) {
                        trouble = Futures.cause(error) instanceof JournalException known ? known : trouble;
                        throw Futures.wrapped(error);
                    }
                    session = opened;
                    trouble = null;
                    return null;
                });
    }

    /** The records are taken up. */
    void ready() {
        ready = true;
        if (!durable) {
            LOG.info("Tasks are journaled in memory only: tasks in progress are not resumed after the process ends");
        }
    }

    /** See {@link JournalSession#claim}. */
    CompletableFuture<Claim> claim(TaskOrder order, String after) {
        return Futures.start(() -> session.claim(order, after)).thenApply(claim -> {
            if (claim instanceof Claim.New own) {
                remember(order.key(), own.epoch());
            }
            return claim;
        });
    }

    /** See {@link JournalSession#commit}. */
    CompletableFuture<Void> commit(JournalRecord record) {
        long epoch = epochs.getOrDefault(record.key(), JournalSession.FIRST_EPOCH);
        if (record.isSettled()) {
            epochs.remove(record.key());
        }
        return Futures.start(() -> session.commit(record, epoch));
    }

    /** See {@link JournalSession#unsettled}. */
    CompletableFuture<List<JournalRecord>> unsettled() {
        return Futures.start(() -> session.unsettled()).thenApply(this::records);
    }

    private List<JournalRecord> records(List<OwnedRecord> owned) {
        owned.forEach(record -> remember(record.record().key(), record.epoch()));
        return owned.stream().map(OwnedRecord::record).toList();
    }

    private void remember(String key, long epoch) {
        if (epoch != JournalSession.FIRST_EPOCH) {
            epochs.put(key, epoch);
        }
    }

    /** See {@link JournalSession#spentSince}. */
    CompletableFuture<BigInteger> spentSince(Instant time) {
        return Futures.start(() -> session.spentSince(time));
    }

    /** See {@link JournalSession#keep}. */
    CompletableFuture<Void> keep(TaskRecord task, List<ResultFile> files) {
        return Futures.start(() -> session.keep(task, files));
    }

    /** See {@link JournalSession#kept}. */
    CompletableFuture<List<ResultFile>> kept(TaskRecord task) {
        return Futures.start(() -> session.kept(task));
    }

    /** Completes when it is closed; after a failure it may be opened again. */
    CompletableFuture<Void> close() {
        ready = false;
        JournalSession closed = session;
        return closed == null ? CompletableFuture.completedFuture(null) : Futures.start(closed::close);
    }

    /**
     * Whether it can be written: false while it is not open. The future fails with a {@link JournalException} when it could not
     * be opened, or cannot be written.
     */
    CompletableFuture<Boolean> check() {
        JournalException failure = trouble;
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        return ready
                ? Futures.start(() -> session.check()).thenApply(fine -> true)
                : CompletableFuture.completedFuture(false);
    }
}
