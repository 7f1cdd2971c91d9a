// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;

/** Another process owns the record by now: this one must change nothing about it, and send nothing new of it. */
public class StaleOwnerException extends JournalException {
    private static final long serialVersionUID = 1L;

    public StaleOwnerException(String message) {
        super(message);
    }
}
