// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.contract.NodeStatus;
import io.crynux.devnet.fault.Fault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/** What nodes do wrong, as the creator of the task sees it. */
@Tag("chain")
class NodeFaultsTest {
    private static final String SUCCESS = "TaskSuccess(uint256,bytes,address)";
    private static final String UPLOADED = "TaskResultUploaded(uint256)";
    private static final String ABORTED = "TaskAborted(uint256,string)";
    private static final String SLASHED = "TaskNodeSlashed(uint256,address)";
    private static final String GPT =
            "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":[{\"role\":\"user\",\"content\":\"why?\"}]}";
    private static final String SD = "{\"base_model\":{\"name\":\"crynux-network/sdxl-turbo\"},\"prompt\":\"a heron\","
            + "\"task_config\":{\"num_images\":2,\"image_width\":64,\"image_height\":64}}";
    private static final BigInteger FEE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30));

    private final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(50))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(100))
            .start();
    private final Creator creator = new Creator(devnet, 0);

    @AfterEach
    void close() {
        devnet.close();
    }

    private long task(int type, String args) {
        long id = creator.createTask(type, args, 8, type == 0 ? 2 : 1);
        creator.upload(id, args);
        return id;
    }

    private String abortReason(long id) {
        String data = creator.awaitEvent(ABORTED, id).path("data").asText();
        byte[] encoded = Numeric.hexStringToByteArray(data);
        int length = Numeric.toBigInt(encoded, 32, 32).intValueExact();
        return new String(encoded, 64, length, StandardCharsets.UTF_8);
    }

    private BigInteger balance() {
        return Numeric.decodeQuantity(
                creator.rpc("eth_getBalance", devnet.account(0).address(), "latest")
                        .asText());
    }

    private void awaitAll(NodeStatus status) {
        await(status.name()).atMost(Duration.ofSeconds(10)).until(() -> devnet.nodes().stream()
                .allMatch(node -> devnet.chain().nodeStatus(node.address()) == status));
    }

    @Test
    void oneThatCheatsIsSlashedAndTheTaskSucceeds() {
        devnet.faults().nodes().cheat(1).times(1);
        long id = task(0, SD);
        creator.awaitEvent(SLASHED, id);
        creator.awaitEvent(UPLOADED, id);
        assertThat(creator.download(id, 1)).isNotEmpty();
    }

    @Test
    void aSlashedNodeJoinsAgain() {
        devnet.faults().nodes().cheat(1).times(1);
        long id = task(1, GPT);
        creator.awaitEvent(SLASHED, id);
        creator.awaitEvent(UPLOADED, id);
        awaitAll(NodeStatus.AVAILABLE);
        long next = task(1, GPT);
        creator.awaitEvent(UPLOADED, next);
    }

    @Test
    void nodesThatAllDisagreeEndTheTaskAndTheFeeComesBack() {
        BigInteger before = balance();
        devnet.faults().nodes().disagree().times(1);
        long id = task(0, SD);
        assertThat(abortReason(id)).isEqualTo("Task result illegal");
        assertThat(before.subtract(balance())).isLessThan(FEE);
        awaitAll(NodeStatus.AVAILABLE);
        creator.awaitEvent(UPLOADED, task(0, SD));
    }

    @Test
    void twoThatCheatAgreeWithNobody() {
        devnet.faults().nodes().cheat(2);
        assertThat(abortReason(task(1, GPT))).isEqualTo("Task result illegal");
    }

    @Test
    void twoErrorsEndTheTaskAndTheFeeIsGone() {
        BigInteger before = balance();
        devnet.faults().nodes().fail(2).times(1);
        long id = task(1, GPT);
        assertThat(abortReason(id)).isEqualTo("Task error reported");
        awaitAll(NodeStatus.AVAILABLE);
        assertThat(before.subtract(balance())).isGreaterThan(FEE);
    }

    @Test
    void oneErrorAgainstTwoResultsIsNoHarm() {
        devnet.faults().nodes().fail(1);
        creator.awaitEvent(UPLOADED, task(1, GPT));
    }

    @Test
    void aSilentNodeLeavesTheTaskStartedUntilItAnswersAfterAll() {
        Fault silence = devnet.faults().nodes().neverAnswer(1).times(1);
        long id = task(1, GPT);
        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(5)).until(() -> devnet.nodes().stream()
                .allMatch(node -> devnet.chain().nodeStatus(node.address()) == NodeStatus.BUSY));
        assertThat(silence.hits()).isEqualTo(1);
        silence.end();
        creator.awaitEvent(UPLOADED, id);
    }

    @Test
    void aTaskThatNobodyAnswersCanBeCancelledAfterItsTime() {
        devnet.faults().nodes().neverAnswer(3).times(1);
        long id = task(1, GPT);
        devnet.chain().advanceTime(Duration.ofMinutes(16));
        devnet.chain().mine();
        devnet.chain()
                .access()
                .send(
                        devnet.account(0).credentials(),
                        devnet.contractAddress(),
                        io.crynux.devnet.chain.TaskCalls.cancel(id),
                        BigInteger.ZERO);
        assertThat(abortReason(id)).isEqualTo("Task Cancelled");
        creator.awaitEvent(UPLOADED, task(1, GPT));
    }

    @Test
    void filesThatAreNeverUploadedLeaveASuccessWithoutThem() {
        Fault withheld = devnet.faults().nodes().neverUpload();
        long id = task(1, GPT);
        creator.awaitEvent(SUCCESS, id);
        await().during(Duration.ofMillis(600))
                .atMost(Duration.ofSeconds(5))
                .until(() -> creator.relay().result(creator.signer(), id, "0").status() == 400);
        withheld.end();
        creator.awaitEvent(UPLOADED, id);
        assertThat(creator.download(id, 0)).isNotEmpty();
    }

    @Test
    void filesThatAreUploadedLate() {
        Fault late = devnet.faults().nodes().uploadLate(Duration.ofHours(1)).times(1);
        long id = task(1, GPT);
        creator.awaitEvent(SUCCESS, id);
        assertThat(creator.relay().result(creator.signer(), id, "0").status()).isEqualTo(400);
        late.end();
        creator.awaitEvent(UPLOADED, id);

        Fault shorter = devnet.faults().nodes().uploadLate(Duration.ofMillis(300));
        long next = task(1, GPT);
        creator.awaitEvent(UPLOADED, next);
        assertThat(creator.download(next, 0)).isNotEmpty();
        assertThat(shorter.isOn()).isTrue();
        assertThat(shorter.hits()).isEqualTo(1);
    }

    @Test
    void tasksWaitWhileAllNodesPause() {
        Fault pause = devnet.faults().nodes().pause();
        awaitAll(NodeStatus.PAUSED);
        long id = task(1, GPT);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> creator.relay()
                                .get("/v1/network/tasks/number")
                                .json()
                                .at("/data/queued_tasks")
                                .asInt()
                        == 1);
        assertThat(devnet.faults().on()).containsExactly(pause);
        devnet.faults().clear();
        assertThat(devnet.faults().on()).isEmpty();
        creator.awaitEvent(UPLOADED, id);
        awaitAll(NodeStatus.AVAILABLE);
    }

    @Test
    void aNodeThatWasToldToLeaveStaysAway() {
        String node = devnet.nodes().get(0).address();
        devnet.chain().quitNode(node);
        devnet.chain().mine();
        Fault pause = devnet.faults().nodes().pause();
        pause.end();
        await().during(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(5))
                .until(() -> devnet.chain().nodeStatus(node) == NodeStatus.QUIT);
    }

    @Test
    void aTaskHasThreeNodes() {
        assertThatThrownBy(() -> devnet.faults().nodes().cheat(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> devnet.faults().nodes().fail(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
