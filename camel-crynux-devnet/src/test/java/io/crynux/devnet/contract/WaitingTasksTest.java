// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestAccounts;
import io.crynux.devnet.chain.TestNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks wait when no three nodes fit, start by price per cap, and can be cancelled by anybody. */
@Tag("chain")
class WaitingTasksTest {
    private static final String RESULT = "0x0102030405060708";

    private final TestNetwork network = new TestNetwork();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void theHighestFeePerCapStartsFirst() {
        network.create(network.alice, 0, 1, 10);
        network.create(network.alice, 0, 9, 36);
        network.create(network.bob, 1, 1, 20);
        network.join(3);

        List<Long> started = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Long> all = startedInOrder();
            started.add(all.get(i));
            network.complete(all.get(i), RESULT);
        }
        assertThat(started).containsExactly(3L, 1L, 2L);
    }

    @Test
    void amongEqualPricesTheLastComesSecond() {
        for (int i = 0; i < 3; i++) {
            network.create(network.alice, 0, 1, 10);
        }
        network.join(3);
        for (int i = 0; i < 2; i++) {
            network.complete(startedInOrder().get(i), RESULT);
        }
        assertThat(startedInOrder()).containsExactly(1L, 3L, 2L);
    }

    @Test
    void freeTaskNeverStarts() {
        network.create(network.alice, 0, 1, 0);
        network.join(3);
        assertThat(startedInOrder()).isEmpty();
    }

    @Test
    void gptWaitsForThreeEqualCards() {
        network.create(network.alice, 1, 1, 10);
        network.join(0, "NVIDIA A", 24);
        network.join(1, "NVIDIA B", 24);
        network.join(2, "NVIDIA A", 24);
        assertThat(startedInOrder()).isEmpty();
        assertThat(TestNetwork.started(network.join(3, "NVIDIA A", 24))).containsExactly(1L);
    }

    @Test
    void nodesWithTooLittleVramGetNoTask() {
        network.join(0, "NVIDIA A", 24);
        network.join(1, "NVIDIA A", 24);
        network.join(2, "NVIDIA C", 6);
        network.create(network.alice, 0, 1, 10);
        assertThat(startedInOrder()).isEmpty();
        assertThat(TestNetwork.started(network.join(3, "NVIDIA D", 8))).containsExactly(1L);
    }

    @Test
    void anybodyMayCancelAndTheCreatorGetsTheFeeBack() {
        JsonNode created = network.create(network.alice, 0, 1, 10);
        JsonNode cancelled = network.send(network.bob, TaskCalls.cancel(1));
        assertThat(TestNetwork.names(cancelled)).containsExactly("TaskAborted");
        assertThat(network.balance(network.alice.getAddress()))
                .isEqualTo(TestAccounts.TEN_THOUSAND.subtract(TestNetwork.gasCost(created)));
        network.join(3);
        assertThat(startedInOrder()).isEmpty();
    }

    @Test
    void fiftyOneTasksPushTheCheapestOut() {
        for (int i = 1; i <= 50; i++) {
            network.create(network.alice, 0, 1, i);
        }
        JsonNode last = network.create(network.alice, 0, 1, 51);
        assertThat(TestNetwork.names(last)).containsExactly("TaskAborted", "TaskPending");
        assertThat(last.path("logs").path(0).path("topics").path(1).asText()).isEqualTo("0x" + TaskCalls.word(1));
        assertThat(network.balance(network.chain.contractAddress()))
                .isEqualTo(TestNetwork.CNX.multiply(BigInteger.valueOf(51 * 52 / 2)));
    }

    private List<Long> startedInOrder() {
        List<Long> ids = new ArrayList<>();
        for (JsonNode log : network.logs()) {
            if (TestNetwork.name(log).equals("TaskStarted")
                    && TestNetwork.word(log, 4).signum() == 0) {
                ids.add(TestNetwork.word(log, 0).longValueExact());
            }
        }
        return ids;
    }
}
