// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the newest record of every task. A task is written before its payment leaves, so that whatever crashes, a paid
 * task is known.
 *
 * <p>Implementations are thread-safe and keep the order of writes.
 */
public interface TaskJournal extends AutoCloseable {

    /**
     * Binds the journal to a chain before anything else is asked of it.
     *
     * @throws IllegalStateException when it has tasks of another chain
     */
    void open(long chainId, String genesisHash);

    /**
     * Writes a record in place of an older one of the same key. The stage completes when the record will survive what the
     * journal promises to survive, and fails when it will not. A record that ended is never replaced by one that did not.
     */
    CompletionStage<Void> write(TaskRecord record);

    /** The newest records of the tasks that have not ended. */
    List<TaskRecord> open();

    /** Whether records survive the end of the process. */
    boolean isDurable();

    @Override
    void close();
}
