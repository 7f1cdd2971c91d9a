// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** eth_getLogs by contract, topics, range and block. */
class LogQueryTest {
    private static final String PENDING = TaskCalls.topic("TaskPending(uint256,uint256,address,bytes32,bytes32)");
    private static final String STARTED =
            TaskCalls.topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)");

    private final TestNetwork network = new TestNetwork().join(3);
    private JsonNode created;

    @BeforeEach
    void createTasks() {
        created = network.create(network.alice, 0, 1, 30);
        network.create(network.bob, 0, 1, 30);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void byTopics() {
        String bob = "0x" + "0".repeat(24) + network.bob.getAddress().substring(2);
        assertThat(logs("topics", List.of(PENDING))).hasSize(2);
        assertThat(logs("topics", Arrays.asList(null, bob))).hasSize(1);
        assertThat(logs("topics", List.of(List.of(PENDING, STARTED)))).hasSize(5);
        assertThat(logs("topics", List.of(List.of(), bob))).hasSize(1);
        assertThat(logs("topics", Arrays.asList(PENDING, null, null))).isEmpty();
    }

    @Test
    void byAddress() {
        String task = network.chain.contractAddress();
        String node = network.chain.nodeContractAddress();
        assertThat(logs("address", task)).hasSize(5);
        assertThat(logs("address", List.of(node, task))).hasSize(5);
        assertThat(logs("address", node)).isEmpty();
    }

    @Test
    void byBlock() {
        String hash = created.path("blockHash").asText();
        JsonNode logs = network.rpc.result("eth_getLogs", Map.of("blockHash", hash));
        assertThat(logs).hasSize(4);
        assertThat(logs).isEqualTo(created.path("logs"));
        assertThat(network.rpc
                        .call("eth_getLogs", Map.of("blockHash", PENDING))
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("unknown block");
    }

    @Test
    void withoutRangeOnlyTheNewestBlock() {
        assertThat(network.rpc.result("eth_getLogs", Map.of())).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0x3, 0x2, -32602", "0x99, 0x199, -32602"})
    void impossibleRangesAreErrors(String from, String to, int code) {
        JsonNode answer = network.rpc.call("eth_getLogs", Map.of("fromBlock", from, "toBlock", to));
        assertThat(answer.path("error").path("code").asInt()).isEqualTo(code);
    }

    private JsonNode logs(String filter, Object value) {
        return network.rpc.result("eth_getLogs", Map.of("fromBlock", "0x0", "toBlock", "0xffff", filter, value));
    }
}
