// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.ResultFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A journal while a client has it open. Thread-safe; keeps the order of writes. */
public interface JournalSession extends AutoCloseable {

    /**
     * Writes a record in place of an older one of the same task. The stage completes when the record will survive what the
     * journal promises to survive, and fails with a {@link io.crynux.client.error.JournalException} when it will not. A
     * record that is settled is never replaced.
     */
    CompletionStage<Void> write(TaskRecord record);

    /** The newest records of the tasks that are not settled. */
    List<TaskRecord> unsettled();

    /**
     * The newest record of the newest attempt under an idempotency key, for as long as it is retained. Of a settled task
     * the parameters and the signed bytes are no longer there.
     */
    Optional<TaskRecord> find(String idempotencyKey);

    /** The newest records of all tasks whose first payment was signed then or later, as far as they are retained. */
    List<TaskRecord> signedSince(Instant time);

    /**
     * Keeps the files of a result for whoever asks again under the task's idempotency key. The stage completes when they
     * will survive as records do. They are read from their beginning, and stay the caller's to close.
     */
    CompletionStage<Void> keepResult(TaskRecord task, List<ResultFile> files);

    /** The files of a kept result, which are the caller's to close; empty when there are none. */
    List<ResultFile> keptResult(TaskRecord task);

    /**
     * Finds out whether it can be written now. The stage completes when nothing speaks against it, and fails with a
     * {@link io.crynux.client.error.JournalException} that says what does. By default nothing is looked at.
     */
    default CompletionStage<Void> check() {
        return CompletableFuture.completedFuture(null);
    }

    /** Ends what was begun and lets go of the journal; later calls fail. Closing again does nothing. */
    @Override
    void close();
}
