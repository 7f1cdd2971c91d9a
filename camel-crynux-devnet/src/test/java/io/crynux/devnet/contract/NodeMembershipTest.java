// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;

/** Nodes join with and without a stake, leave, and are driven out when they hold tasks up. */
@Tag("chain")
class NodeMembershipTest {
    private static final BigInteger STAKE = TestNetwork.CNX.multiply(BigInteger.valueOf(400));
    private static final int QUIT = 0;
    private static final int AVAILABLE = 1;
    private static final int BUSY = 2;

    private final TestNetwork network = new TestNetwork();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void operatorLetsNodesJoinAndLeaveWithoutStake() {
        String node = network.nodes.get(0).getAddress();
        network.join(1);
        assertThat(status(0)).isEqualTo(AVAILABLE);
        assertThat(network.join(0, "NVIDIA A", 24).path("status").asText()).isEqualTo("0x0");
        network.receipt(network.chain.quitNode(node));
        assertThat(status(0)).isEqualTo(QUIT);
    }

    @Test
    void onlyTheOperatorCanLetOthersJoin() {
        JsonNode receipt = sendToNodeContract(
                network.alice, CrynuxContracts.joinFor(network.nodes.get(0).getAddress(), "A", 24), BigInteger.ZERO);
        assertThat(receipt.path("status").asText()).isEqualTo("0x0");
    }

    @Test
    void stakeComesBackWhenANodeLeaves() {
        Credentials node = network.nodes.get(0);
        assertThat(sendToNodeContract(node, TaskCalls.join("A", 24), STAKE.subtract(BigInteger.ONE))
                        .path("status")
                        .asText())
                .isEqualTo("0x0");
        sendToNodeContract(node, TaskCalls.join("A", 24), STAKE);
        assertThat(network.balance(network.chain.nodeContractAddress())).isEqualTo(STAKE);
        sendToNodeContract(node, TaskCalls.selector("quit()"), BigInteger.ZERO);
        assertThat(network.balance(network.chain.nodeContractAddress())).isZero();
    }

    @Test
    void busyNodeLeavesAfterItsTask() {
        network.join(3);
        network.create(network.alice, 0, 1, 30);
        network.receipt(network.chain.quitNode(network.nodeOf(1, 2).getAddress()));
        assertThat(status(2)).isEqualTo(4);
        network.complete(1, "0x0102030405060708");
        assertThat(status(2)).isEqualTo(QUIT);
        assertThat(status(0)).isEqualTo(AVAILABLE);
    }

    @Test
    void pausedNodeGetsNoTaskUntilItResumes() {
        network.join(3);
        sendToNodeContract(network.nodes.get(0), TaskCalls.selector("pause()"), BigInteger.ZERO);
        assertThat(TestNetwork.started(network.create(network.alice, 0, 1, 30))).isEmpty();
        JsonNode resumed = sendToNodeContract(network.nodes.get(0), TaskCalls.selector("resume()"), BigInteger.ZERO);
        assertThat(TestNetwork.started(resumed)).containsExactly(1L);
        assertThat(status(0)).isEqualTo(BUSY);
    }

    @Test
    void thirdNodeThatJoinsStartsAWaitingTask() {
        network.create(network.alice, 0, 1, 30);
        network.join(2);
        JsonNode third = network.join(2, "NVIDIA B", 12);
        assertThat(TestNetwork.names(third)).containsExactly("TaskStarted", "TaskStarted", "TaskStarted");
    }

    @Test
    void slashedStakeGoesToTheOwner() {
        for (int i = 0; i < 3; i++) {
            sendToNodeContract(network.nodes.get(i), TaskCalls.join("A", 24), STAKE);
        }
        BigInteger before = network.balance(CrynuxContracts.OWNER);
        network.create(network.alice, 0, 1, 30);
        network.disclose(1, List.of("0x0102030405060708", "0x0102030405060708", "0xffffffffffffffff"));
        assertThat(network.balance(CrynuxContracts.OWNER).subtract(before)).isEqualTo(STAKE);
        assertThat(status(2)).isEqualTo(QUIT);
    }

    @Test
    void nodeThatIsSilentTwiceIsKickedOut() {
        network.join(3);
        JsonNode cancelled = null;
        for (long task = 1; task <= 2; task++) {
            network.create(network.alice, 0, 1, 30);
            network.commit(task, 0, "0x0102030405060708");
            network.advance(Duration.ofSeconds(901));
            cancelled = network.send(network.alice, TaskCalls.cancel(task));
        }
        assertThat(TestNetwork.names(cancelled)).contains("NodeKickedOut");
    }

    private int status(int node) {
        String word = TaskCalls.word(0).substring(0, 24)
                + network.nodes.get(node).getAddress().substring(2);
        JsonNode answer = network.rpc.result(
                "eth_call",
                Map.of(
                        "to",
                        network.chain.nodeContractAddress(),
                        "data",
                        TaskCalls.selector("getNodeStatus(address)") + word),
                "latest");
        return Integer.parseInt(answer.asText().substring(2), 16);
    }

    private JsonNode sendToNodeContract(Credentials sender, String data, BigInteger value) {
        return network.receipt(network.chain.access().send(sender, network.chain.nodeContractAddress(), data, value));
    }
}
