// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** Calls whose gas was measured on a network with the real contracts, and that no recording has, use as much here. */
class MeasuredGasTest {
    private static final BigInteger STAKE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(400));
    private static final String RESULT = "0x" + "ab".repeat(8);

    private final TestNetwork network = new TestNetwork();

    @AfterEach
    void close() {
        network.close();
    }

    private static long gas(JsonNode receipt) {
        assertThat(receipt.path("status").asText()).isEqualTo("0x1");
        return Numeric.decodeQuantity(receipt.path("gasUsed").asText()).longValueExact();
    }

    @Test
    void createTaskAmongSixNodes() {
        network.join(6);

        assertThat(gas(network.create(network.alice, 0, 1, 30))).isCloseTo(1_127_538, withinPercentage(1));
    }

    @Test
    void cancelTaskAfterASuccess() {
        network.join(3);
        network.create(network.alice, 0, 1, 30);
        for (int round = 0; round < 3; round++) {
            network.commit(1, round, RESULT);
        }
        network.disclose(1, 0, RESULT);
        network.disclose(1, 1, RESULT);
        network.advance(Duration.ofMinutes(16));

        assertThat(gas(network.send(network.alice, TaskCalls.cancel(1)))).isCloseTo(343_334, withinPercentage(1));
    }

    @Test
    void cancelTaskOfAWaitingTask() {
        network.create(network.alice, 0, 1, 30);

        assertThat(gas(network.send(network.alice, TaskCalls.cancel(1)))).isCloseTo(174_770, withinPercentage(1));
    }

    @Test
    void joinOfANode() {
        String hash = network.chain
                .access()
                .send(
                        network.nodes.get(0),
                        network.chain.nodeContractAddress(),
                        TaskCalls.join("NVIDIA GeForce RTX 4090", 24),
                        STAKE);

        assertThat(gas(network.receipt(hash))).isCloseTo(824_537, withinPercentage(1));
    }

    @Test
    void disclosuresAndErrorReportsAmongSixNodes() {
        network.join(6);
        network.create(network.alice, 0, 1, 30);
        network.create(network.bob, 0, 1, 30);
        for (int round = 0; round < 3; round++) {
            network.commit(1, round, RESULT);
        }

        // Among three nodes they use 133,663 and 141,839.
        assertThat(gas(network.disclose(1, 0, RESULT))).isCloseTo(153_712, withinPercentage(3));
        assertThat(gas(network.reportError(2, 0))).isCloseTo(163_115, withinPercentage(3));
    }
}
