// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.task.BlockRef;
import java.math.BigInteger;
import java.util.Optional;

/** Events as JSON, and back. Arguments have the contract's names. */
final class EventJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventJson() {}

    static ObjectNode write(TaskEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", event.id());
        json.put("event", event.type().eventName());
        json.put("removed", event.removed());
        json.put("taskId", event.taskId().toString());
        event.kind().ifPresent(kind -> json.put("kind", kind.id()));
        if (event.origin() != null) {
            json.put("taskType", event.origin().taskType());
            json.put("creator", event.origin().creator());
        }
        writeDetails(event.details(), json);
        json.put("chainId", event.chainId());
        json.put("contract", event.contract());
        json.put("blockNumber", event.block().number());
        json.put("blockHash", event.block().hash());
        json.put("transactionHash", event.transactionHash());
        json.put("logIndex", event.logIndex());
        return json;
    }

    private static void writeDetails(ContractEvent details, ObjectNode json) {
        if (details instanceof ContractEvent.Pending pending) {
            json.put("taskHash", pending.taskHash()).put("dataHash", pending.dataHash());
        } else if (details instanceof ContractEvent.Started started) {
            json.put("selectedNode", started.node())
                    .put("taskHash", started.taskHash())
                    .put("dataHash", started.dataHash())
                    .put("round", started.round().toString());
        } else if (details instanceof ContractEvent.Succeeded succeeded) {
            json.put("result", succeeded.resultHash()).put("resultNode", succeeded.resultNode());
        } else if (details instanceof ContractEvent.Aborted aborted) {
            json.put("reason", aborted.reason());
        } else if (details instanceof ContractEvent.NodePaid paid) {
            json.put("nodeAddress", paid.node())
                    .put("feeWei", paid.feeWei().toString())
                    .put("fee", TaskFacts.decimal(paid.feeWei()));
        } else if (details instanceof ContractEvent.NodeSlashed slashed) {
            json.put("nodeAddress", slashed.node());
        } else if (details instanceof ContractEvent.NodeCancelled cancelled) {
            json.put("nodeAddress", cancelled.node());
        }
    }

    static TaskEvent parse(String text) {
        try {
            return read(JSON.readTree(text));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("This is no event of a Crynux task: " + e.getMessage(), e);
        }
    }

    /** @throws RuntimeException when it is not what was written */
    static TaskEvent read(JsonNode json) {
        JsonNode creator = json.get("creator");
        return new TaskEvent(
                json.required("chainId").longValue(),
                json.required("contract").textValue(),
                readDetails(json),
                new BlockRef(
                        json.required("blockNumber").bigIntegerValue(),
                        json.required("blockHash").textValue()),
                json.required("transactionHash").textValue(),
                json.required("logIndex").bigIntegerValue(),
                creator == null
                        ? null
                        : new TaskEvent.Origin(
                                creator.textValue(), json.required("taskType").longValue()),
                json.required("removed").booleanValue());
    }

    private static ContractEvent readDetails(JsonNode json) {
        BigInteger id = number(json, "taskId");
        TaskEventType type = TaskEventType.parse(text(json, "event")).iterator().next();
        return switch (type) {
            case TASK_PENDING ->
                new ContractEvent.Pending(
                        id,
                        json.required("taskType").longValue(),
                        text(json, "creator"),
                        text(json, "taskHash"),
                        text(json, "dataHash"));
            case TASK_STARTED ->
                new ContractEvent.Started(
                        id,
                        json.required("taskType").longValue(),
                        text(json, "creator"),
                        text(json, "selectedNode"),
                        text(json, "taskHash"),
                        text(json, "dataHash"),
                        number(json, "round"));
            case TASK_RESULT_COMMITMENTS_READY -> new ContractEvent.CommitmentsReady(id);
            case TASK_SUCCESS -> new ContractEvent.Succeeded(id, text(json, "result"), text(json, "resultNode"));
            case TASK_ABORTED -> new ContractEvent.Aborted(id, text(json, "reason"));
            case TASK_RESULT_UPLOADED -> new ContractEvent.ResultsUploaded(id);
            case TASK_NODE_SUCCESS -> new ContractEvent.NodePaid(id, text(json, "nodeAddress"), number(json, "feeWei"));
            case TASK_NODE_SLASHED -> new ContractEvent.NodeSlashed(id, text(json, "nodeAddress"));
            case TASK_NODE_CANCELLED -> new ContractEvent.NodeCancelled(id, text(json, "nodeAddress"));
        };
    }

    private static String text(JsonNode json, String member) {
        return Optional.ofNullable(json.required(member).textValue()).orElseThrow();
    }

    private static BigInteger number(JsonNode json, String member) {
        return new BigInteger(text(json, member));
    }
}
