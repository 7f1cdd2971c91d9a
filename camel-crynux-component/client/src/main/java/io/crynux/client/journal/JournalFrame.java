// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * The JSON of a line, which has one thing; a line of version 1 has everything that was written at once.
 *
 * @param records changes of records that are not settled
 * @param results results that are kept
 * @param settled what remains of a record that is settled: all of it in one place, whatever lines before say
 * @param compacted true in the line behind everything that was copied when the file was written anew
 */
@JsonInclude(Include.NON_EMPTY)
record JournalFrame(
        List<JournalEntry> records,
        List<KeptResult> results,
        JournalEntry settled,
        @JsonInclude(Include.NON_DEFAULT) boolean compacted) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    /** Adds nothing. */
    static final JournalFrame EMPTY = new JournalFrame(null, null, null, false);
    /** Ends what was copied. */
    static final JournalFrame COMPACTED = new JournalFrame(null, null, null, true);

    JournalFrame {
        records = records == null ? List.of() : List.copyOf(records);
        results = results == null ? List.of() : List.copyOf(results);
    }

    /**
     * A record as the file tells of it.
     *
     * @param before what the file says of the record, or null
     */
    static JournalFrame of(JournalRecord record, JournalRecord before) {
        return record.isSettled()
                ? new JournalFrame(null, null, JournalEntry.of(slim(record), null), false)
                : new JournalFrame(List.of(JournalEntry.of(record, before)), null, null, false);
    }

    private static JournalRecord slim(JournalRecord record) {
        return record instanceof TaskRecord task ? task.slim() : record;
    }

    static JournalFrame of(KeptResult result) {
        return new JournalFrame(null, List.of(result), null, false);
    }

    /** What some JSON says. */
    static <T> T value(JsonNode json, Class<T> type) {
        try {
            return JSON.treeToValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON of the journal is no " + type.getSimpleName(), e);
        }
    }

    byte[] json() {
        return json(this);
    }

    static byte[] json(Object content) {
        try {
            return JSON.writeValueAsBytes(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A record cannot be written as JSON", e);
        }
    }
}
