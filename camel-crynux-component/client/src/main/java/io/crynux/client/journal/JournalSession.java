// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.ResultFile;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A journal that a client has open. Thread-safe; no call blocks, and writes keep their order. A stage fails with a
 * {@link io.crynux.client.error.JournalException} when the journal cannot be read or written.
 */
public interface JournalSession {
    /** Epoch of a record that no other owner had before. */
    long FIRST_EPOCH = 1;

    /**
     * Claims an attempt at a request, so that nobody else begins the same. If it may begin, its record is durable in the state
     * PREPARED when the stage completes with {@link Claim.New}. That is so
     *
     * <ul>
     *   <li>if the order has no idempotency key;
     *   <li>if the journal retains no attempt with its idempotency key;
     *   <li>if the newest of them is the one with the key {@code after}.
     * </ul>
     *
     * Of several claims of the same attempt exactly one gets {@link Claim.New}. Of attempts with the same number one that ended
     * uncharged (REJECTED or REVERTED) counts as the newest only if there is no other.
     *
     * @param order the attempt
     * @param after key of the attempt's predecessor, which ended; null for the first one
     */
    CompletionStage<Claim> claim(TaskOrder order, String after);

    /**
     * Writes a record, which replaces an older one of the same key. The stage completes when the record is durable, as far as
     * the journal is. A settled record is never replaced. The stage fails, and nothing is written, with a
     * {@link StaleOwnerException} if another owner has the record by now, and with a {@link SlotTakenException} if the record gets
     * a slot that another one uses. A record uses its slot until it is settled or refused; the slot of a refused record is free.
     *
     * @param epoch of the claim, or as the record was read; {@link #FIRST_EPOCH} if the journal does not have it
     */
    CompletionStage<Void> commit(JournalRecord record, long epoch);

    /** The newest records of this owner that are not settled. */
    CompletionStage<List<OwnedRecord>> unsettled();

    /** Takes over the records of owners that are gone. The default is a journal with one owner. */
    default CompletionStage<List<OwnedRecord>> takeOver() {
        return CompletableFuture.completedFuture(List.of());
    }

    /** Tells other owners that this one is alive. The default is a journal with one owner. */
    default CompletionStage<Void> renew() {
        return CompletableFuture.completedFuture(null);
    }

    /** The slots of a lane. */
    CompletionStage<Lane> lane(String id);

    /** Frees a slot. Only for a record of which nothing has left the process. */
    CompletionStage<Void> release(Slot slot);

    /**
     * What settled records have cost that could cost something from that time on or later, in wei, while they are retained: the
     * final cost, or the maximum where the final cost was not determined.
     */
    CompletionStage<BigInteger> spentSince(Instant time);

    /**
     * Stores the files of a result for later requests with the task's idempotency key. The stage completes when they are as
     * durable as records. The files are read from their beginning; the caller closes them.
     */
    CompletionStage<Void> keep(TaskRecord task, List<ResultFile> files);

    /** The stored files of a result, which the caller closes; empty when there are none. */
    CompletionStage<List<ResultFile>> kept(TaskRecord task);

    /** Checks whether the journal can be written now. The default checks nothing. */
    default CompletionStage<Void> check() {
        return CompletableFuture.completedFuture(null);
    }

    /** Completes the writes that were begun and closes the journal; later calls fail. Closing again does nothing. */
    CompletionStage<Void> close();
}
