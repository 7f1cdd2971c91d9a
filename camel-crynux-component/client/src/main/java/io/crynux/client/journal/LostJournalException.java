// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.io.IOException;

/** Somebody else has deleted, replaced or changed the journal while it was open. */
final class LostJournalException extends IOException {
    private static final long serialVersionUID = 1L;

    LostJournalException(String message) {
        super(message);
    }
}
