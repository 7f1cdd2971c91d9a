// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** What is written to a journal file at once: it is there as a whole, or not at all. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record JournalFrame(List<JournalEntry> records, List<KeptResult> results) {

    JournalFrame {
        records = records == null ? List.of() : List.copyOf(records);
        results = results == null ? List.of() : List.copyOf(results);
    }
}
