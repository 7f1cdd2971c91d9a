// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** A task from its creation by a raw transaction to its uploaded result, on a chain that makes its blocks by itself. */
@Tag("chain")
class TaskLifecycleTest {
    private static final String RESULT = "0x0102030405060708";

    private final Credentials alice = TestAccounts.account(8);
    private final List<Credentials> nodes =
            List.of(TestAccounts.account(2), TestAccounts.account(3), TestAccounts.account(4));
    private Chain chain;
    private RpcClient rpc;

    @BeforeEach
    void start() {
        ChainBuilder builder =
                Chain.builder().blockTime(Duration.ofMillis(20)).fund(alice.getAddress(), TestAccounts.TEN_THOUSAND);
        nodes.forEach(node -> builder.fund(node.getAddress(), TestAccounts.TEN_THOUSAND));
        chain = builder.start();
        rpc = new RpcClient(chain.rpcUrl());
    }

    @AfterEach
    void stop() {
        chain.close();
    }

    @Test
    void runsFromCreationToUploadedResult() {
        for (Credentials node : nodes) {
            awaitSuccess(chain.joinNode(node.getAddress(), "NVIDIA A", 24));
        }
        String taskHash = Hash.sha3String("{\"prompt\":\"a cat\"}");
        RawTransaction create = RawTransaction.createTransaction(
                chain.chainId(),
                BigInteger.ZERO,
                BigInteger.valueOf(1_500_000),
                chain.contractAddress(),
                BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(30)),
                TaskCalls.createTask(0, taskHash, 8, 1),
                BigInteger.TEN.pow(9),
                BigInteger.TEN.pow(10));
        String hash = rpc.result(
                        "eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(create, alice)))
                .asText();
        awaitSuccess(hash);

        String nonce = Hash.sha3String("nonce");
        for (int round = 0; round < 3; round++) {
            String own = Hash.sha3(nonce + TaskCalls.word(round));
            send(round, TaskCalls.commit(1, round, TaskCalls.commitment(RESULT, own), own));
        }
        for (int round = 0; round < 3; round++) {
            send(round, TaskCalls.disclose(1, round, RESULT));
        }
        send(0, TaskCalls.reportUploaded(1, 0));

        assertThat(topicsOfTaskLogs())
                .containsExactly(
                        TaskCalls.topic("TaskPending(uint256,uint256,address,bytes32,bytes32)"),
                        TaskCalls.topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)"),
                        TaskCalls.topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)"),
                        TaskCalls.topic("TaskStarted(uint256,uint256,address,address,bytes32,bytes32,uint256)"),
                        TaskCalls.topic("TaskResultCommitmentsReady(uint256)"),
                        TaskCalls.topic("TaskNodeSuccess(uint256,address,uint256)"),
                        TaskCalls.topic("TaskSuccess(uint256,bytes,address)"),
                        TaskCalls.topic("TaskNodeSuccess(uint256,address,uint256)"),
                        TaskCalls.topic("TaskNodeSuccess(uint256,address,uint256)"),
                        TaskCalls.topic("TaskResultUploaded(uint256)"));
        assertThat(rpc.result("eth_getBalance", chain.contractAddress(), "latest")
                        .asText())
                .isEqualTo("0x0");
    }

    private void send(int round, String data) {
        awaitSuccess(chain.access().send(nodes.get(round), chain.contractAddress(), data, BigInteger.ZERO));
    }

    private void awaitSuccess(String hash) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> chain.access().succeeded(hash).isPresent());
        assertThat(chain.access().succeeded(hash)).contains(true);
    }

    private List<String> topicsOfTaskLogs() {
        JsonNode logs = rpc.result(
                "eth_getLogs", Map.of("address", chain.contractAddress(), "fromBlock", "0x0", "toBlock", "latest"));
        List<String> topics = new ArrayList<>();
        logs.forEach(log -> topics.add(log.path("topics").path(0).asText()));
        return topics;
    }
}
