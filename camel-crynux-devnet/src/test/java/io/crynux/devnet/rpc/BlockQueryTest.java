// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks by tag, number and hash, with hashes or whole transactions, and their receipts. */
class BlockQueryTest {
    private final TestNetwork network = new TestNetwork();

    @BeforeEach
    void mineSeventyBlocks() {
        for (int i = 0; i < 69; i++) {
            network.chain.mine();
        }
        network.create(network.alice, 0, 1, 30);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @ParameterizedTest
    @CsvSource({"latest, 0x46", "pending, 0x46", "safe, 0x26", "finalized, 0x6", "earliest, 0x0", "0x10, 0x10"})
    void tags(String tag, String number) {
        assertThat(network.rpc
                        .result("eth_getBlockByNumber", tag, false)
                        .path("number")
                        .asText())
                .isEqualTo(number);
    }

    @Test
    void chainsByParentHash() {
        JsonNode head = network.rpc.result("eth_getBlockByNumber", "latest", false);
        JsonNode parent =
                network.rpc.result("eth_getBlockByHash", head.path("parentHash").asText(), false);
        assertThat(parent.path("number").asText()).isEqualTo("0x45");
        assertThat(parent.path("transactions")).isEmpty();
        assertThat(parent.path("transactionsRoot").asText())
                .isEqualTo("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
        assertThat(head.path("stateRoot")).isNotEqualTo(parent.path("stateRoot"));
    }

    @Test
    void transactionsInFullAreThoseByHash() {
        JsonNode hashes =
                network.rpc.result("eth_getBlockByNumber", "latest", false).path("transactions");
        JsonNode full =
                network.rpc.result("eth_getBlockByNumber", "latest", true).path("transactions");
        assertThat(full).hasSize(1);
        assertThat(full.path(0))
                .isEqualTo(network.rpc.result(
                        "eth_getTransactionByHash", hashes.path(0).asText()));
    }

    @Test
    void receiptsOfABlock() {
        JsonNode block = network.rpc.result("eth_getBlockByNumber", "latest", false);
        JsonNode receipts = network.rpc.result("eth_getBlockReceipts", "latest");
        assertThat(receipts)
                .isEqualTo(network.rpc.result(
                        "eth_getBlockReceipts", block.path("hash").asText()));
        assertThat(receipts.path(0))
                .isEqualTo(network.receipt(block.path("transactions").path(0).asText()));
        assertThat(block.path("logsBloom")).isEqualTo(receipts.path(0).path("logsBloom"));
        assertThat(block.path("gasUsed")).isEqualTo(receipts.path(0).path("gasUsed"));
    }

    @Test
    void unknownBlocksAreNull() {
        assertThat(network.rpc.result("eth_getBlockByNumber", "0x1000", false).isNull())
                .isTrue();
        assertThat(network.rpc
                        .result("eth_getBlockByHash", "0x" + "1".repeat(64), false)
                        .isNull())
                .isTrue();
        assertThat(network.rpc.result("eth_getBlockReceipts", "0x1000").isNull())
                .isTrue();
    }

    @Test
    void unknownBlockHasNoBalances() {
        JsonNode answer = network.rpc.call("eth_getBalance", network.alice.getAddress(), "0x1000");
        assertThat(answer.path("error").path("message").asText())
                .isEqualTo("BlockOutOfRangeError: block height is 70 but requested was 4096");
    }

    @Test
    void balancesNoncesAndCallsAtABlockBefore() {
        String alice = network.alice.getAddress();
        assertThat(network.rpc.result("eth_getBalance", alice, "0x45").asText()).isEqualTo("0x21e19e0c9bab2400000");
        assertThat(network.rpc.result("eth_getTransactionCount", alice, "0x45").asText())
                .isEqualTo("0x0");
        assertThat(network.rpc
                        .result("eth_getTransactionCount", alice, "latest")
                        .asText())
                .isEqualTo("0x1");
        Map<String, String> totalTasks =
                Map.of("to", network.chain.contractAddress(), "data", TaskCalls.selector("totalTasks()"));
        assertThat(network.rpc.result("eth_call", totalTasks, "0x45").asText()).endsWith("0");
        assertThat(network.rpc.result("eth_call", totalTasks, "latest").asText())
                .endsWith("1");
        String parent = network.rpc
                .result("eth_getBlockByNumber", "0x45", false)
                .path("hash")
                .asText();
        assertThat(network.rpc
                        .result("eth_call", totalTasks, Map.of("blockHash", parent))
                        .asText())
                .endsWith("0");
    }
}
