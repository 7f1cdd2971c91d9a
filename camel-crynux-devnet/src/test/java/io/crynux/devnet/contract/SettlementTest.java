// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestAccounts;
import io.crynux.devnet.chain.TestNetwork;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who gets what of a fee of 30 in the endings that no recording shows; the figures are those of the protocol notes. */
@Tag("chain")
class SettlementTest {
    private static final String RESULT = "0x0102030405060708";
    private static final String OTHER = "0xffffffffffffffff";
    private static final String FOUR_BITS_OFF = "0x0102030405060707";

    private final TestNetwork network = new TestNetwork().join(3);
    private JsonNode created;

    @BeforeEach
    void create() {
        created = network.create(network.alice, 0, 1, 30);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void firstOfThreeDiffers() {
        network.disclose(1, List.of(OTHER, RESULT, RESULT));
        List<String> names = network.logs().stream().map(TestNetwork::name).toList();
        assertThat(names.subList(4, names.size()))
                .containsExactly(
                        "TaskResultCommitmentsReady",
                        "TaskNodeSuccess",
                        "NodeSlashed",
                        "TaskNodeSlashed",
                        "TaskSuccess");
        assertThat(refund()).isEqualTo(milliCnx(12_000));
        network.reportUploaded(1, 1);
        assertThat(network.balance(network.chain.contractAddress())).isZero();
    }

    @Test
    void hashesThatDifferInFourBitsAgree() {
        network.disclose(1, List.of(RESULT, FOUR_BITS_OFF, RESULT));
        assertThat(network.logs().stream().map(TestNetwork::name)).contains("TaskSuccess");
        assertThat(network.logs().stream().map(TestNetwork::name)).doesNotContain("TaskNodeSlashed");
    }

    @Test
    void cancelledAfterSuccessBecauseTheResultWasNotUploaded() {
        network.disclose(1, List.of(RESULT, RESULT, RESULT));
        network.advance(Duration.ofSeconds(901));
        JsonNode cancelled = network.send(network.alice, TaskCalls.cancel(1));
        assertThat(TestNetwork.names(cancelled)).containsExactly("TaskAborted", "TaskNodeCancelled");
        assertThat(refund().add(TestNetwork.gasCost(cancelled))).isEqualTo(milliCnx(12_000));
    }

    @Test
    void oneCommitsBeforeTwoReportErrors() {
        network.commit(1, 0, RESULT);
        network.reportError(1, 1);
        JsonNode aborted = network.reportError(1, 2);
        assertThat(TestNetwork.names(aborted))
                .containsExactly("TaskNodeSuccess", "TaskNodeSuccess", "TaskAborted", "NodeSlashed", "TaskNodeSlashed");
        assertThat(refund()).isZero();
        assertThat(network.balance(network.chain.contractAddress())).isEqualTo(milliCnx(9_600));
    }

    @Test
    void oneErrorAgainstTwoResultsIsSlashed() {
        network.reportError(1, 2);
        network.commit(1, 0, RESULT);
        assertThat(TestNetwork.names(network.commit(1, 1, RESULT))).containsExactly("TaskResultCommitmentsReady");
        network.disclose(1, 0, RESULT);
        JsonNode decided = network.disclose(1, 1, RESULT);
        assertThat(TestNetwork.names(decided))
                .containsExactly("TaskNodeSuccess", "NodeSlashed", "TaskNodeSlashed", "TaskSuccess");
    }

    @Test
    void counters() {
        network.complete(1, RESULT);
        assertThat(total("totalTasks()")).isEqualTo(1);
        assertThat(total("totalSuccessTasks()")).isEqualTo(1);
        assertThat(total("totalAbortedTasks()")).isZero();
    }

    private long total(String function) {
        return Long.parseLong(
                network.call(network.alice, TaskCalls.selector(function))
                        .path("result")
                        .asText()
                        .substring(2),
                16);
    }

    /** What Alice has got back of the fee so far, less the gas of what she sent after the creation. */
    private BigInteger refund() {
        BigInteger afterCreation =
                TestAccounts.TEN_THOUSAND.subtract(milliCnx(30_000)).subtract(TestNetwork.gasCost(created));
        return network.balance(network.alice.getAddress()).subtract(afterCreation);
    }

    private static BigInteger milliCnx(int amount) {
        return TestNetwork.CNX.multiply(BigInteger.valueOf(amount)).divide(BigInteger.valueOf(1_000));
    }
}
