// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a stream of events has come, and what another one needs to go on there. As text it is JSON, to be kept in any
 * store.
 *
 * @param block everything in earlier blocks is handled
 * @param logIndex and in that block everything up to that log; null where nothing of it is
 * @param blocks some of the newest blocks that were read, the newest last, to find out by whether they are still in the chain
 * @param open the tasks that are under way, with where they come from
 * @param told the newest events that were told and that a reorganisation may still take back
 */
public record EventPosition(
        BigInteger block,
        BigInteger logIndex,
        List<BlockRef> blocks,
        Map<BigInteger, TaskEvent.Origin> open,
        List<TaskEvent> told) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    public EventPosition {
        blocks = List.copyOf(blocks);
        open = Map.copyOf(open);
        told = List.copyOf(told);
    }

    /** To be kept; {@link #parse} reads it. */
    public String toText() {
        ObjectNode json = JSON.createObjectNode();
        json.put("version", VERSION);
        json.put("block", block);
        if (logIndex != null) {
            json.put("logIndex", logIndex);
        }
        ArrayNode known = json.putArray("blocks");
        blocks.forEach(ref -> known.addObject().put("number", ref.number()).put("hash", ref.hash()));
        ObjectNode tasks = json.putObject("open");
        open.forEach((id, origin) ->
                tasks.putObject(id.toString()).put("creator", origin.creator()).put("taskType", origin.taskType()));
        ArrayNode events = json.putArray("told");
        told.forEach(event -> events.add(event.toJson()));
        return json.toString();
    }

    /** @throws IllegalArgumentException when the text is no position that {@link #toText} has made */
    public static EventPosition parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (json.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException("The position of the events is of another version");
            }
            List<BlockRef> blocks = new ArrayList<>();
            json.required("blocks")
                    .forEach(ref -> blocks.add(new BlockRef(
                            ref.required("number").bigIntegerValue(),
                            ref.required("hash").textValue())));
            Map<BigInteger, TaskEvent.Origin> open = new LinkedHashMap<>();
            json.required("open")
                    .properties()
                    .forEach(task -> open.put(
                            new BigInteger(task.getKey()),
                            new TaskEvent.Origin(
                                    task.getValue().required("creator").textValue(),
                                    task.getValue().required("taskType").longValue())));
            List<TaskEvent> told = new ArrayList<>();
            json.required("told").forEach(event -> told.add(EventJson.read(event)));
            JsonNode logIndex = json.get("logIndex");
            return new EventPosition(
                    json.required("block").bigIntegerValue(),
                    logIndex == null ? null : logIndex.bigIntegerValue(),
                    blocks,
                    open,
                    told);
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("The position of the events cannot be read: " + e.getMessage(), e);
        }
    }
}
