// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Deployments differ in createTask, in the types of tasks, and in what they index. */
@Tag("chain")
class ContractVersionsTest {
    private static final ContractSettings SEVEN =
            ContractSettings.defaults().withVersion(TaskContractVersion.SEVEN_ARGUMENTS);

    @Test
    void fiveArgumentsOnASevenArgumentDeploymentRevertWithoutData() {
        try (TestNetwork network = new TestNetwork(SEVEN)) {
            JsonNode answer = network.call(network.alice, TaskCalls.createTask(0, Hash.sha3String("t"), 8, 1));
            assertThat(answer.path("error").path("message").asText()).isEqualTo("execution reverted");
            assertThat(answer.path("error").path("data").asText()).isEqualTo("0x");
        }
    }

    @Test
    void fineTuningNeedsANamedGpu() {
        try (TestNetwork network = new TestNetwork(SEVEN).join(2)) {
            network.join(2, "NVIDIA B", 24);
            assertThat(network.call(network.alice, createSeven(2, "", 0))
                            .path("error")
                            .path("message")
                            .asText())
                    .isEqualTo("execution reverted: GPU name is empty");

            network.send(network.alice, createSeven(2, "NVIDIA A", 24), TestNetwork.CNX);
            assertThat(TestNetwork.started(network.join(3, "NVIDIA C", 24))).isEmpty();
            assertThat(TestNetwork.started(network.join(4, "NVIDIA A", 24))).containsExactly(1L);
            network.complete(1, "0x0102030405060708");
        }
    }

    @Test
    void namedGpuIsTakenWhateverTheVramLimit() {
        try (TestNetwork network = new TestNetwork(SEVEN)) {
            for (int node = 0; node < 3; node++) {
                network.join(node, "NVIDIA A", 4);
            }
            JsonNode receipt = network.send(network.alice, createSeven(1, "NVIDIA A", 4), TestNetwork.CNX);
            assertThat(TestNetwork.started(receipt)).containsExactly(1L);
        }
    }

    @Test
    void earlyDeploymentsHaveTheTaskIdInTheData() {
        try (TestNetwork network = new TestNetwork(ContractSettings.defaults().withIndexedTaskIds(false)).join(3)) {
            network.create(network.alice, 0, 1, 30);
            network.disclose(1, List.of("0x0102030405060708", "0x0102030405060708", "0x0102030405060708"));
            JsonNode success = network.rpc
                    .result(
                            "eth_getLogs",
                            Map.of(
                                    "fromBlock",
                                    "0x0",
                                    "topics",
                                    List.of(TaskCalls.topic("TaskSuccess(uint256,bytes,address)"))))
                    .path(0);
            assertThat(success.path("topics")).hasSize(2);
            assertThat(TestNetwork.word(success, 0)).isEqualTo(BigInteger.ONE);
        }
    }

    private static String createSeven(int type, String gpuName, int gpuVram) {
        String name = Numeric.toHexStringNoPrefix(gpuName.getBytes(StandardCharsets.UTF_8));
        return TaskCalls.selector("createTask(uint256,bytes32,bytes32,uint256,uint256,string,uint256)")
                + TaskCalls.word(type)
                + TaskCalls.word(7)
                + TaskCalls.word(0)
                + TaskCalls.word(8)
                + TaskCalls.word(1)
                + TaskCalls.word(7 * 32)
                + TaskCalls.word(gpuVram)
                + TaskCalls.word(name.length() / 2)
                + name
                + "0".repeat((64 - name.length() % 64) % 64);
    }
}
