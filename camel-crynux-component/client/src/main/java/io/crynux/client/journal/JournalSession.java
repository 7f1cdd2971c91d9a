// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.ResultFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal that a client has open. Thread-safe; writes keep their order. */
public interface JournalSession extends AutoCloseable {

    /**
     * Writes a record, which replaces an older one of the same task. The stage completes when the record is durable, as far as
     * the journal is, and fails with a {@link io.crynux.client.error.JournalException} when the record could not be written. A
     * settled record is never replaced.
     */
    CompletionStage<Void> write(JournalRecord record);

    /** The newest records of the tasks that are not settled. */
    List<JournalRecord> unsettled();

    /**
     * The newest record of the newest attempt with an idempotency key, while it is retained. Of attempts with the same number one
     * that ended uncharged (REJECTED or REVERTED) is returned only where there is no other. The record of a settled task has no
     * parameters and no signed bytes.
     *
     * @throws io.crynux.client.error.JournalException when the record cannot be read
     */
    Optional<TaskRecord> find(String idempotencyKey);

    /**
     * The newest records of all tasks whose first payment was signed at that time or later, while they are retained. A journal
     * may read them when the list is asked for them, so it is to be read soon and once.
     */
    List<JournalRecord> signedSince(Instant time);

    /**
     * Stores the files of a result for later requests with the task's idempotency key. The stage completes when they are as
     * durable as records. The files are read from their beginning; the caller closes them.
     */
    CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files);

    /** The stored files of a result, which the caller closes; empty when there are none. */
    List<ResultFile> keptResult(TaskRecord task);

    /**
     * Checks whether the journal can be written now. The stage fails with a
     * {@link io.crynux.client.error.JournalException} that names the reason when it cannot. The default checks nothing.
     */
    default CompletionStage<Void> check() {
        return CompletableFuture.completedFuture(null);
    }

    /** Completes the writes that were begun and closes the journal; later calls fail. Closing again does nothing. */
    @Override
    void close();
}
