// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.json.JsonView;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.List;

/** Converts events to JSON and back: what they are, the event's own arguments under the contract's names, where they are. */
final class EventJson {
    /** Arguments of some events that stand at the top for all. */
    private static final List<String> IN_HEAD = List.of("taskId", "taskType", "creator");

    private EventJson() {}

    private record Head(
            String eventId,
            @JsonProperty(required = true) String event,
            @JsonProperty(required = true) boolean removed,
            String taskId,
            String kind,
            Long taskType,
            String creator) {

        TaskEvent.Origin origin() {
            return creator == null ? null : new TaskEvent.Origin(creator, JsonView.required(taskType, "taskType"));
        }
    }

    private record Location(
            long chainId,
            String contract,
            BigInteger blockNumber,
            String blockHash,
            String transactionHash,
            BigInteger logIndex) {}

    static ObjectNode write(TaskEvent event) {
        TaskEvent.Origin origin = event.origin();
        ObjectNode json = JsonView.tree(new Head(
                event.id(),
                event.type().eventName(),
                event.removed(),
                event.taskId().toString(),
                event.kind().map(TaskKind::id).orElse(null),
                origin == null ? null : origin.taskType(),
                origin == null ? null : origin.creator()));
        json.setAll(JsonView.tree(event.details()).remove(IN_HEAD));
        if (event.details() instanceof ContractEvent.NodePaid paid) {
            json.put("fee", Cnx.decimal(paid.feeWei()));
        }
        BlockRef block = event.block();
        return json.setAll(JsonView.tree(new Location(
                event.chainId(),
                event.contract(),
                block.number(),
                block.hash(),
                event.transactionHash(),
                event.logIndex())));
    }

    static TaskEvent parse(String text) {
        try {
            return read(JsonView.read(text, JsonNode.class));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("The text is not the JSON of a Crynux event: " + e.getMessage(), e);
        }
    }

    /** @throws RuntimeException if {@link #write} did not write it */
    static TaskEvent read(JsonNode json) {
        Head head = JsonView.read(json, Head.class);
        TaskEventType type = TaskEventType.parse(head.event()).iterator().next();
        Location at = JsonView.readWhole(json, Location.class);
        return new TaskEvent(
                at.chainId(),
                at.contract(),
                JsonView.readWhole(json, type.eventClass()),
                new BlockRef(at.blockNumber(), at.blockHash()),
                at.transactionHash(),
                at.logIndex(),
                head.origin(),
                head.removed());
    }
}
