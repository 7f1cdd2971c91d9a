// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestAccounts;
import io.crynux.devnet.chain.TestNetwork;
import io.crynux.devnet.fault.Fault;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** createTask that runs out of gas: what the chain shows of it. */
class OutOfGasTest {
    private final TestNetwork network = new TestNetwork().join(3);

    @AfterEach
    void close() {
        network.close();
    }

    private JsonNode replay(String block) {
        return network.rpc.call(
                "eth_call",
                Map.of(
                        "from",
                        network.alice.getAddress(),
                        "to",
                        network.chain.contractAddress(),
                        "data",
                        TaskCalls.createTask(0, Hash.sha3String("task"), 8, 1)),
                block);
    }

    @Test
    void theTransactionFailsWithoutAReasonAndAllGasIsSpent() {
        Fault fault = network.chain.contractFaults().outOfGas().times(1);
        JsonNode failed = network.create(network.alice, 0, 1, 30);
        assertThat(failed.path("status").asText()).isEqualTo("0x0");
        assertThat(failed.path("logs")).isEmpty();
        JsonNode sent = network.rpc.result(
                "eth_getTransactionByHash", failed.path("transactionHash").asText());
        assertThat(failed.path("gasUsed")).isEqualTo(sent.path("gas"));
        assertThat(network.balance(network.alice.getAddress()))
                .isEqualTo(TestAccounts.TEN_THOUSAND.subtract(TestNetwork.gasCost(failed)));
        assertThat(fault.hits()).isEqualTo(1);

        assertThat(network.create(network.alice, 0, 1, 30).path("status").asText())
                .isEqualTo("0x1");
    }

    @Test
    void whoReplaysItOnTheBlockBeforeSeesTheSame() {
        network.chain.contractFaults().outOfGas().times(1);
        network.create(network.alice, 0, 1, 30);
        JsonNode before = replay("0x3");
        assertThat(before.at("/error/code").asInt()).isEqualTo(3);
        assertThat(before.at("/error/data").asText()).isEqualTo("0x");
        assertThat(replay("0x4").has("result")).isTrue();
    }

    @Test
    void callsAndEstimatesRunOutOfGasAsLongAsItIsOn() {
        Fault fault = network.chain.contractFaults().outOfGas();
        assertThat(replay("latest").has("error")).isTrue();
        fault.end();
        assertThat(replay("latest").has("result")).isTrue();
        assertThat(fault.hits()).isZero();
    }
}
