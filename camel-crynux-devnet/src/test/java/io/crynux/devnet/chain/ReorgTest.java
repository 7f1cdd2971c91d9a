// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.ledger.Reorg;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** Blocks are taken back with all that was in them, and others stand in their places. */
@Tag("chain")
class ReorgTest {
    private static final String RESULT = "0x" + "ab".repeat(32);

    private final TestNetwork network = new TestNetwork().join(3);

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void otherBlocksOneMoreWithTheSameTransactions() {
        JsonNode first = network.create(network.alice, 1, 1, 30);
        JsonNode second =
                network.send(network.bob, TaskCalls.createTask(1, Hash.sha3String("x"), 8, 1), BigInteger.TEN);
        JsonNode before = block(number(first));
        JsonNode kept = block(number(first) - 1);
        long head = head();

        network.chain.reorg(2);

        assertThat(head()).isEqualTo(head + 1);
        assertThat(block(number(first) - 1)).isEqualTo(kept);
        JsonNode after = block(number(first));
        assertThat(after.path("hash")).isNotEqualTo(before.path("hash"));
        assertThat(after.path("parentHash")).isEqualTo(before.path("parentHash"));
        assertThat(network.rpc
                        .result("eth_getBlockByHash", before.path("hash").asText(), false)
                        .isNull())
                .isTrue();
        JsonNode again = network.receipt(first.path("transactionHash").asText());
        assertThat(again.path("blockHash")).isEqualTo(after.path("hash"));
        assertThat(TestNetwork.word(again.path("logs").get(0), 0)).isEqualTo(BigInteger.ONE);
        assertThat(network.receipt(second.path("transactionHash").asText()).path("blockHash"))
                .isEqualTo(after.path("hash"));
    }

    @Test
    void reversedTasksChangeTheirIds() {
        String first =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();
        String second =
                network.create(network.bob, 1, 1, 30).path("transactionHash").asText();
        assertThat(taskId(first)).isEqualTo(1);
        assertThat(taskId(second)).isEqualTo(2);

        network.chain.reorg(Reorg.of(2).reversed());

        assertThat(taskId(first)).isEqualTo(2);
        assertThat(taskId(second)).isEqualTo(1);
    }

    @Test
    void oneSendersTransactionsKeepTheirOrder() {
        String first =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();
        String second =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();

        network.chain.reorg(Reorg.of(2).reversed());

        assertThat(taskId(first)).isEqualTo(1);
        assertThat(taskId(second)).isEqualTo(2);
    }

    @Test
    void balancesNoncesAndContractsGoBack() {
        List<String> before = world();
        long start = head();
        network.create(network.alice, 1, 1, 30);
        network.complete(1, RESULT);
        network.create(network.bob, 0, 1, 30);
        assertThat(world()).isNotEqualTo(before);
        long depth = head() - start;

        network.chain.reorg(Reorg.of((int) depth).dropping());

        assertThat(world()).isEqualTo(before);
        network.create(network.alice, 1, 1, 30);
        network.complete(1, RESULT);
        assertThat(TestNetwork.names(network.receipt(lastTransaction()))).contains("TaskResultUploaded");
    }

    @Test
    void droppedTransactionsAreUnknownAndTheirNoncesFree() {
        String hash =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();

        network.chain.reorg(Reorg.of(1).dropping());

        assertThat(network.rpc.result("eth_getTransactionByHash", hash).isNull())
                .isTrue();
        assertThat(nonce("pending")).isZero();
        assertThat(taskId(network.create(network.alice, 1, 1, 31)
                        .path("transactionHash")
                        .asText()))
                .isEqualTo(1);
    }

    @Test
    @OnDevnetChainOnly("an anvil that makes a block of every transaction leaves none waiting")
    void pendingTransactionsWaitForTheNextBlock() {
        String hash =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();

        network.chain.reorg(Reorg.of(1).pending().withNewBlocks(3));

        assertThat(network.rpc.result("eth_getTransactionReceipt", hash).isNull())
                .isTrue();
        assertThat(network.rpc
                        .result("eth_getTransactionByHash", hash)
                        .path("blockHash")
                        .isNull())
                .isTrue();
        assertThat(nonce("latest")).isZero();
        assertThat(nonce("pending")).isEqualTo(1);
        network.chain.mine();
        assertThat(taskId(hash)).isEqualTo(1);
    }

    @Test
    void aShorterChainOnRequest() {
        network.create(network.alice, 1, 1, 30);
        network.chain.mine();
        network.chain.mine();
        long head = head();

        network.chain.reorg(Reorg.of(3).withNewBlocks(1));

        assertThat(head()).isEqualTo(head - 2);
        assertThat(network.rpc
                        .call("eth_getBlockByNumber", "0x" + Long.toHexString(head), false)
                        .path("result")
                        .isNull())
                .isTrue();
    }

    @Test
    void oneAfterTheOther() {
        String hash =
                network.create(network.alice, 1, 1, 30).path("transactionHash").asText();
        List<JsonNode> hashes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hashes.add(network.receipt(hash).path("blockHash"));
            network.chain.reorg((int) (head() - number(network.receipt(hash)) + 1));
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    @OnDevnetChainOnly("the blocks of anvil's deployment cannot be taken back, and it keeps more than 256")
    void notMoreThanThereIs() {
        assertThatThrownBy(() -> network.chain.reorg(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Cannot revert 4 blocks of 3");
        assertThatThrownBy(() -> network.chain.reorg(0)).isInstanceOf(IllegalArgumentException.class);
        for (int i = 0; i < 300; i++) {
            network.chain.mine();
        }
        assertThatThrownBy(() -> network.chain.reorg(257)).hasMessageContaining("at most 256");
        network.chain.reorg(256);
    }

    /** What can be asked of accounts and contract. */
    private List<String> world() {
        List<String> world = new ArrayList<>();
        List<String> addresses = new ArrayList<>(
                List.of(network.alice.getAddress(), network.bob.getAddress(), network.chain.contractAddress()));
        network.nodes.forEach(node -> addresses.add(node.getAddress()));
        for (String address : addresses) {
            world.add(network.rpc.result("eth_getBalance", address, "latest").asText());
            world.add(network.rpc
                    .result("eth_getTransactionCount", address, "latest")
                    .asText());
            world.add(call(network.chain.nodeContractAddress(), "getNodeStatus(address)", address.substring(2)));
        }
        for (String total : List.of("totalTasks()", "totalSuccessTasks()", "totalAbortedTasks()")) {
            world.add(call(network.chain.contractAddress(), total, ""));
        }
        world.add(call(network.chain.contractAddress(), "getTask(uint256)", "1"));
        return world;
    }

    private String call(String to, String function, String argument) {
        String word = argument.isEmpty() ? "" : "0".repeat(64 - argument.length()) + argument;
        return network.rpc
                .result("eth_call", Map.of("to", to, "data", TaskCalls.selector(function) + word), "latest")
                .asText();
    }

    private long taskId(String transaction) {
        for (JsonNode log : network.receipt(transaction).path("logs")) {
            if (TestNetwork.name(log).equals("TaskPending")) {
                return TestNetwork.word(log, 0).longValueExact();
            }
        }
        throw new AssertionError("no TaskPending");
    }

    private String lastTransaction() {
        return network.rpc
                .result("eth_getBlockByNumber", "latest", false)
                .at("/transactions/0")
                .asText();
    }

    private long nonce(String tag) {
        return Long.decode(network.rpc
                .result("eth_getTransactionCount", network.alice.getAddress(), tag)
                .asText());
    }

    private long head() {
        return network.chain.access().head().number();
    }

    private static long number(JsonNode receipt) {
        return Long.decode(receipt.path("blockNumber").asText());
    }

    private JsonNode block(long number) {
        return network.rpc.result("eth_getBlockByNumber", "0x" + Long.toHexString(number), false);
    }
}
