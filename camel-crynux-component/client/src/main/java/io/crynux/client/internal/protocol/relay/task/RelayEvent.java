// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A row of the Relay's event log (relay protocol, section 4.7).
 *
 * @param id position in the log
 * @param type what happened; {@link EventType#OTHER} for rows that do not concern a task
 * @param typeName the type as the Relay names it
 * @param commitment of the task; empty for a row without a task
 * @param node the selected node; empty where the row does not name it
 * @param score of {@link EventType#SCORE_READY}; else empty
 * @param abortReason of {@link EventType#END_ABORTED}; else NONE
 * @param args the row's own JSON, as text
 */
public record RelayEvent(
        long id,
        EventType type,
        String typeName,
        String commitment,
        String node,
        String score,
        Numbered<AbortReason> abortReason,
        String args) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if the JSON is no row of the event log */
    public static RelayEvent of(JsonNode row) {
        JsonFields fields = JsonFields.of(row);
        String typeName = fields.text("type");
        String args = fields.text("args");
        JsonNode details = details(args);
        return new RelayEvent(
                fields.unsigned("id").longValue(),
                EventType.of(typeName),
                typeName,
                fields.text("task_id_commitment"),
                details.path("selected_node").asText(""),
                details.path("score").asText(""),
                AbortReason.of(details.path("abort_reason").asInt(0)),
                args);
    }

    private static JsonNode details(String args) {
        try {
            return JSON.readTree(args);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the args of an event are not JSON");
        }
    }
}
