// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the index needs to know of a line about a settled task or a result; the rest is skipped, since a journal has far more of
 * these than of others, and longer ones.
 *
 * @param key of the task
 * @param settled whether the line is of a settled task, or of a result
 * @param idempotencyKey null where it has none
 * @param settledAt in milliseconds
 * @param signedAt in milliseconds, or negative where nothing was signed
 * @param slot null where it has none
 * @param state null for a result
 */
record FrameFacts(
        String key, boolean settled, String idempotencyKey, long settledAt, long signedAt, Slot slot, TaskState state) {

    /** What a line of another kind begins with. */
    private static final byte[] RECORDS = "{\"records\"".getBytes(StandardCharsets.UTF_8);

    /** The facts of a settled record. */
    static FrameFacts of(JournalRecord record) {
        return new FrameFacts(
                record.key(),
                true,
                record.idempotencyKey(),
                record.settlement().at().toEpochMilli(),
                record.spending() == null ? -1 : record.spending().at().toEpochMilli(),
                record.slot(),
                record.state());
    }

    /** The facts, or null when the line is of another kind. */
    static FrameFacts of(byte[] json, int offset, int length) throws IOException {
        if (length > RECORDS.length
                && Arrays.equals(json, offset, offset + RECORDS.length, RECORDS, 0, RECORDS.length)) {
            return null;
        }
        try (JsonParser parser = JournalFrame.JSON.getFactory().createParser(json, offset, length)) {
            parser.nextToken();
            String kind = parser.nextFieldName();
            if ("settled".equals(kind)) {
                parser.nextToken();
                return settled(parser);
            }
            if ("results".equals(kind)) {
                return result(parser);
            }
            return null;
        }
    }

    private static FrameFacts settled(JsonParser parser) throws IOException {
        String key = null;
        String idempotencyKey = null;
        String account = null;
        String lane = null;
        BigInteger number = null;
        TaskState state = null;
        long settledAt = -1;
        long signedAt = -1;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "key" -> key = parser.getText();
                case "settledAt" -> settledAt = parser.getLongValue();
                case "signedAt" -> signedAt = parser.getLongValue();
                case "account" -> account = parser.getText();
                case "lane" -> lane = parser.getText();
                case "number" -> number = parser.getBigIntegerValue();
                case "state" -> state = TaskState.valueOf(parser.getText());
                case "order" -> {
                    for (String part = parser.nextFieldName(); part != null; part = parser.nextFieldName()) {
                        JsonToken value = parser.nextToken();
                        if (part.equals("idempotencyKey")) {
                            idempotencyKey = value == JsonToken.VALUE_NULL ? null : parser.getText();
                        } else if (part.equals("creator")) {
                            account = parser.getText();
                        } else {
                            parser.skipChildren();
                        }
                    }
                }
                default -> parser.skipChildren();
            }
        }
        Slot slot = number == null ? null : new Slot(lane == null ? account : lane, number);
        return new FrameFacts(key, true, idempotencyKey, settledAt, signedAt, slot, state);
    }

    private static FrameFacts result(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.nextToken();
        String name = parser.nextFieldName();
        if (!"key".equals(name)) {
            throw new IOException("a result without a key");
        }
        return new FrameFacts(parser.nextTextValue(), false, null, -1, -1, null, null);
    }
}
