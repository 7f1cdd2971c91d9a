// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import java.util.concurrent.Executor;

/**
 * Where tasks are written down before their payments leave, so that whatever crashes, a paid task is known. A client opens
 * it when it connects, and closes what it opened; then another client may open it.
 */
public interface TaskJournal {

    /**
     * Opens the journal for one client.
     *
     * @param scope the network that its tasks belong to
     * @param executor runs what takes time, as writing to a disk
     * @throws JournalException when somebody else has it open, when it has tasks of another network, or when it cannot be
     *     read; nothing of it is changed then
     */
    JournalSession open(JournalScope scope, Executor executor);

    /** Whether records survive the end of the process. */
    boolean isDurable();
}
