// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.error.JournalException;

/** Another record uses the slot. What was to be written must not leave the process; with another slot it may. */
public class SlotTakenException extends JournalException {
    private static final long serialVersionUID = 1L;

    public SlotTakenException(Slot slot, String key) {
        super("Slot " + slot + " is used by another record than " + key + "; nothing was sent");
    }
}
