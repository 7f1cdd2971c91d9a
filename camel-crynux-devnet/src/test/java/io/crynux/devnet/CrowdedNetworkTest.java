// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.contract.ContractSettings;
import io.crynux.devnet.contract.NodeStatus;
import io.crynux.devnet.contract.TaskContractVersion;
import io.crynux.devnet.fault.Fault;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Strangers' tasks that keep the nodes busy and the queue full. */
@Tag("chain")
class CrowdedNetworkTest {
    private static final String STARTED = "TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)";
    private static final String UPLOADED = "TaskResultUploaded(uint256)";
    private static final String ABORTED = "TaskAborted(uint256,string)";
    private static final String GPT =
            "{\"model\":\"Qwen/Qwen2.5-7B-Instruct\",\"messages\":[{\"role\":\"user\",\"content\":\"why?\"}]}";
    private static final BigInteger CNX = BigInteger.TEN.pow(18);
    private static final int QUEUE_SIZE = 4;

    private CrynuxDevnet devnet;
    private Creator creator;

    private void start(TaskContractVersion version, int nodes) {
        devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ofMillis(50))
                .relayLag(Duration.ZERO)
                .workTime(Duration.ofMillis(10))
                .nodes(nodes)
                .contract(ContractSettings.defaults().withVersion(version).withQueueSize(QUEUE_SIZE))
                .start();
        creator = new Creator(devnet, 0);
    }

    private void start() {
        start(TaskContractVersion.FIVE_ARGUMENTS, 3);
    }

    @AfterEach
    void close() {
        devnet.close();
    }

    private int number(String path, String name) {
        return creator.relay()
                .get("/v1/network/" + path + "/number")
                .json()
                .at("/data/" + name)
                .asInt();
    }

    private void awaitQueued(int tasks) {
        await("queued tasks").atMost(Duration.ofSeconds(20)).until(() -> number("tasks", "queued_tasks") == tasks);
    }

    private long count(NodeStatus status) {
        return devnet.nodes().stream()
                .filter(node -> devnet.chain().nodeStatus(node.address()) == status)
                .count();
    }

    private boolean started(long id) {
        JsonNode logs =
                creator.rpc("eth_getLogs", Map.of("fromBlock", "0x0", "topics", List.of(Hash.sha3String(STARTED))));
        for (JsonNode log : logs) {
            if (Numeric.toBigInt(log.path("data").asText().substring(2, 66)).longValueExact() == id) {
                return true;
            }
        }
        return false;
    }

    private String abortReason(long id) {
        byte[] encoded = Numeric.hexStringToByteArray(
                creator.awaitEvent(ABORTED, id).path("data").asText());
        return new String(encoded, 64, Numeric.toBigInt(encoded, 32, 32).intValueExact(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void tasksWaitWhileAllNodesAreBusy(TaskContractVersion version) {
        start(version, 7);
        Fault busy = devnet.faults().nodes().busy();
        await().atMost(Duration.ofSeconds(20)).until(() -> count(NodeStatus.BUSY) == 6);
        awaitQueued(1);
        assertThat(number("nodes", "busy_nodes")).isEqualTo(6);

        long id = version == TaskContractVersion.FIVE_ARGUMENTS
                ? creator.createTask(1, GPT, 8, 1)
                : creator.createTaskOnGpu(1, GPT, 8, 1, "", 0);
        creator.upload(id, GPT);
        awaitQueued(2);
        assertThat(started(id)).isFalse();

        busy.end();
        creator.awaitEvent(UPLOADED, id);
        awaitQueued(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(NodeStatus.AVAILABLE) == 7);
    }

    @Test
    void aTaskThatPaysLessThanAFullQueueIsThrownOut() {
        start();
        Fault full = devnet.faults().nodes().fullQueue(CNX.multiply(BigInteger.valueOf(40)));
        awaitQueued(QUEUE_SIZE);
        assertThat(count(NodeStatus.BUSY)).isEqualTo(3);

        long id = creator.createTask(1, GPT, 8, 1);
        assertThat(abortReason(id)).isEqualTo("Task fee is too low");
        awaitQueued(QUEUE_SIZE);

        full.end();
        awaitQueued(0);
        long next = creator.createTask(1, GPT, 8, 1);
        creator.upload(next, GPT);
        creator.awaitEvent(UPLOADED, next);
    }

    @Test
    void aTaskThatPaysMoreThanAFullQueueWaits() {
        start();
        Fault full = devnet.faults().nodes().fullQueue(CNX.multiply(BigInteger.valueOf(20)));
        awaitQueued(QUEUE_SIZE);
        long id = creator.createTask(1, GPT, 8, 1);
        creator.upload(id, GPT);
        long another = creator.createTask(1, GPT, 8, 1);
        creator.upload(another, GPT);
        awaitQueued(QUEUE_SIZE);
        full.end();
        creator.awaitEvent(UPLOADED, id);
        creator.awaitEvent(UPLOADED, another);
        awaitQueued(0);
    }

    @Test
    void strangersPay() {
        start();
        assertThatThrownBy(() -> devnet.faults().nodes().fullQueue(BigInteger.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
