// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;
import io.crynux.client.internal.text.ForeignText;
import java.util.concurrent.CompletionStage;

/**
 * Stores tasks before their payments are sent, so that a paid task is known after a crash. A client opens the journal when it
 * connects, and closes it when the client is closed; then another client can open it.
 */
public interface TaskJournal {

    /**
     * Creates the journal that a property names.
     *
     * @param text {@code memory}, or {@code file:} and a directory, such as {@code file:data/crynux}
     * @throws IllegalArgumentException when the text has another form
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
     * Opens the journal for one client. The stage fails with a {@link JournalException} when another client has the journal open
     * and it has one owner only, when it belongs to another network, or when it cannot be read; the journal is not changed then.
     *
     * @param scope network of the records, and how long they are kept
     * @param owner the client
     */
    CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner);

    /** Whether records are still there after the process has ended. */
    boolean isDurable();
}
