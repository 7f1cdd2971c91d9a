// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;

/** The place of a journal: one name, under which bytes lie, and a note beside them. */
interface JournalStorage {

    /** Name of the journal, for messages. */
    String name();

    /** Opens the bytes under the name; null when there are none. */
    StoredBytes open() throws IOException;

    /** Creates empty bytes beside the name, in place of any that were created before and never got the name. */
    StoredBytes create() throws IOException;

    /**
     * Gives the name to bytes that were created. Whatever crashes meanwhile, the name leads to all of the old or all of the new
     * bytes.
     */
    void replace(StoredBytes created) throws IOException;

    /** When it returns, the bytes that have the name survive under it. */
    void forceName() throws IOException;

    /**
     * Fails when the bytes that are open are not, or not only, what the name leads to.
     *
     * @param size expected size in bytes, or negative where it is not known
     * @throws LostJournalException which says what happened to them
     */
    void checkSame(StoredBytes opened, long size) throws IOException;

    /** Fails when it can be seen, without writing, that nothing can be appended. */
    void check() throws IOException;

    /** The note; null when there is none. */
    String readNote() throws IOException;

    /**
     * Writes the note over the one before.
     *
     * @param note ASCII, always of the same length
     * @param force whether it survives a power failure when this returns
     */
    void writeNote(String note, boolean force) throws IOException;

    /** Closes what this has opened for itself. */
    void close() throws IOException;
}
