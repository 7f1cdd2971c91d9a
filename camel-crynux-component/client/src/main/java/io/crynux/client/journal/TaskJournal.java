// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.internal.text.ForeignText;
import java.util.concurrent.Executor;

/**
 * Where tasks are written down before their payments leave, so that whatever crashes, a paid task is known. A client opens
 * it when it connects, and closes what it opened; then another client may open it.
 */
public interface TaskJournal {

    /**
     * The journal that a text names, as properties do.
     *
     * @param text {@code memory}, or {@code file:} and a directory, such as {@code file:data/crynux}
     * @throws IllegalArgumentException when it names none of these
     */
    static TaskJournal of(String text) {
        String named = text.strip();
        if (named.equals("memory")) {
            return new InMemoryTaskJournal();
        }
        String directory = named.startsWith("file:") ? named.substring("file:".length()) : "";
        if (directory.isBlank()) {
            throw new IllegalArgumentException("taskJournal is '" + ForeignText.shown(text)
                    + "'; it must be memory, or file: and" + " a directory, such as file:data/crynux");
        }
        return new FileTaskJournal(directory);
    }

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
