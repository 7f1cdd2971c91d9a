// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * The JSON of a line, which has one thing; a line of version 1 has everything that was written at once.
 *
 * @param records changes of records that are not settled
 * @param results results that are kept
 * @param settled what remains of a record that is settled: all of it in one place, whatever lines before say
 * @param lanes highest number of each lane that a settled record has used, in the line behind everything that was copied
 * @param compacted true in the line behind everything that was copied when the file was written anew
 */
@JsonInclude(Include.NON_EMPTY)
record JournalFrame(
        List<JournalEntry> records,
        List<KeptResult> results,
        JournalEntry settled,
        Map<String, BigInteger> lanes,
        @JsonInclude(Include.NON_DEFAULT) boolean compacted) {
    static final JsonMapper JSON = JsonMapper.builder().build();
    /** Adds nothing. */
    static final JournalFrame EMPTY = new JournalFrame(null, null, null, null, false);

    JournalFrame {
        records = records == null ? List.of() : List.copyOf(records);
        results = results == null ? List.of() : List.copyOf(results);
        lanes = lanes == null ? Map.of() : Map.copyOf(lanes);
    }

    /**
     * A record as the file tells of it.
     *
     * @param before what the file says of the record, or null
     */
    static JournalFrame of(JournalRecord record, JournalRecord before) {
        return record.isSettled()
                ? new JournalFrame(null, null, JournalEntry.of(slim(record), null), null, false)
                : new JournalFrame(List.of(JournalEntry.of(record, before)), null, null, null, false);
    }

    private static JournalRecord slim(JournalRecord record) {
        return record instanceof TaskRecord task ? task.slim() : record;
    }

    /**
     * Ends what was copied.
     *
     * @param lanes highest number of each lane that a settled record has used
     */
    static JournalFrame compacted(Map<String, BigInteger> lanes) {
        return new JournalFrame(null, null, null, lanes, true);
    }

    static JournalFrame of(KeptResult result) {
        return new JournalFrame(null, List.of(result), null, null, false);
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
