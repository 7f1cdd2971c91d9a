// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.JsonView;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Numbers of nodes and tasks by the Relay and by the contract.
 *
 * @param network the Relay's {@code /v1/network}, as it is; null if the Relay did not return it
 * @param nodes its {@code /v1/network/nodes/number}, likewise
 * @param tasks its {@code /v1/network/tasks/number}, likewise
 * @param contract numbers of tasks since the contract's deployment, or null
 * @param problems reasons for missing parts, by the name of the part
 */
public record NetworkStatistics(
        JsonNode network, JsonNode nodes, JsonNode tasks, ContractTotals contract, Map<String, String> problems) {

    /**
     * Numbers of tasks since the contract's deployment.
     *
     * @param created number of created tasks, whose ids start at 1
     */
    public record ContractTotals(
            @JsonProperty("totalTasks") BigInteger created,
            @JsonProperty("totalSuccessTasks") BigInteger succeeded,
            @JsonProperty("totalAbortedTasks") BigInteger aborted) {}

    public NetworkStatistics {
        problems = Map.copyOf(problems);
    }

    /** Nodes that have joined. */
    public OptionalLong allNodes() {
        return number(nodes, "all_nodes");
    }

    /** Nodes that work on a task. */
    public OptionalLong busyNodes() {
        return number(nodes, "busy_nodes");
    }

    /** Nodes that accept tasks. */
    public OptionalLong activeNodes() {
        return number(nodes, "active_nodes");
    }

    /** All tasks. */
    public OptionalLong totalTasks() {
        return number(tasks, "total_tasks");
    }

    /** Tasks that nodes work on. */
    public OptionalLong runningTasks() {
        return number(tasks, "running_tasks");
    }

    /** Tasks that wait for nodes. */
    public OptionalLong queuedTasks() {
        return number(tasks, "queued_tasks");
    }

    private static OptionalLong number(JsonNode part, String member) {
        return Optional.ofNullable(part)
                .map(known -> known.path(member))
                .filter(JsonNode::isIntegralNumber)
                .map(number -> OptionalLong.of(number.longValue()))
                .orElse(OptionalLong.empty());
    }

    /** JSON text with the parts under the names of this record; parts that are missing are left out. */
    public String json() {
        return JsonView.write(new View(network, nodes, tasks, contract, problems.isEmpty() ? null : problems));
    }

    /** The statistics as JSON. */
    private record View(
            JsonNode network, JsonNode nodes, JsonNode tasks, ContractTotals contract, Map<String, String> problems) {}
}
