// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.utils.Numeric;

/** Transactions, receipts, roots, blooms and block hashes come out as those of a real node's blocks. */
class BlockEncodingTest {

    static Stream<JsonNode> blocks() throws IOException {
        try (InputStream in = BlockEncodingTest.class.getResourceAsStream("/ledger/anvil-london-blocks.json")) {
            List<JsonNode> blocks = new ArrayList<>();
            new ObjectMapper().readTree(in).path("blocks").forEach(blocks::add);
            return blocks.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void decodesTransactionsAndRecoversSenders(JsonNode recorded) {
        for (JsonNode json : recorded.path("transactions")) {
            Transaction transaction = TransactionReader.read(json.path("raw").asText());
            assertThat(transaction.hash()).isEqualTo(json.path("hash").asText());
            assertThat(transaction.from()).isEqualTo(json.path("from").asText());
            BigInteger baseFee = quantity(recorded.path("block").path("baseFeePerGas"));
            assertThat(transaction.effectiveGasPrice(baseFee))
                    .isEqualTo(quantity(json.path("receipt").path("effectiveGasPrice")));
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void computesRootsBloomSizeAndHash(JsonNode recorded) {
        JsonNode expected = recorded.path("block");
        List<TransactionReceipt> receipts = new ArrayList<>();
        List<byte[]> transactions = new ArrayList<>();
        List<byte[]> encodedReceipts = new ArrayList<>();
        Bloom bloom = Bloom.empty();
        for (JsonNode json : recorded.path("transactions")) {
            TransactionReceipt receipt = receipt(json, receipts.size());
            assertThat(receipt.logsBloom())
                    .isEqualTo(json.path("receipt").path("logsBloom").asText());
            receipts.add(receipt);
            transactions.add(Numeric.hexStringToByteArray(json.path("raw").asText()));
            encodedReceipts.add(receipt.encoded());
            bloom.add(Bloom.of(receipt.logs()));
        }
        BlockHeader header = new BlockHeader(
                expected.path("parentHash").asText(),
                expected.path("miner").asText(),
                expected.path("stateRoot").asText(),
                Numeric.toHexString(MerkleTrie.rootOfList(transactions)),
                Numeric.toHexString(MerkleTrie.rootOfList(encodedReceipts)),
                bloom.hex(),
                quantity(expected.path("number")).longValueExact(),
                quantity(expected.path("gasLimit")).longValueExact(),
                quantity(expected.path("gasUsed")).longValueExact(),
                quantity(expected.path("timestamp")).longValueExact(),
                expected.path("mixHash").asText(),
                quantity(expected.path("baseFeePerGas")));
        Block block = Block.of(header, receipts);

        assertThat(header.transactionsRoot())
                .isEqualTo(expected.path("transactionsRoot").asText());
        assertThat(header.receiptsRoot())
                .isEqualTo(expected.path("receiptsRoot").asText());
        assertThat(header.logsBloom()).isEqualTo(expected.path("logsBloom").asText());
        assertThat(block.hash()).isEqualTo(expected.path("hash").asText());
        assertThat(block.size()).isEqualTo(quantity(expected.path("size")).longValueExact());
    }

    @Test
    void rootOfTheTrieTestsOfEthereum() {
        List<byte[]> keys = List.of(utf8("do"), utf8("horse"), utf8("doge"), utf8("dog"));
        List<byte[]> values = List.of(utf8("verb"), utf8("stallion"), utf8("coin"), utf8("puppy"));
        assertThat(Numeric.toHexString(MerkleTrie.root(keys, values)))
                .isEqualTo("0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84");
    }

    private static TransactionReceipt receipt(JsonNode json, int index) {
        JsonNode receipt = json.path("receipt");
        List<Log> logs = new ArrayList<>();
        for (JsonNode log : receipt.path("logs")) {
            List<String> topics = new ArrayList<>();
            log.path("topics").forEach(topic -> topics.add(topic.asText()));
            logs.add(new Log(
                    log.path("address").asText(), topics, log.path("data").asText()));
        }
        return new TransactionReceipt(
                TransactionReader.read(json.path("raw").asText()),
                index,
                receipt.path("status").asText().equals("0x1"),
                quantity(receipt.path("gasUsed")).longValueExact(),
                quantity(receipt.path("cumulativeGasUsed")).longValueExact(),
                quantity(receipt.path("effectiveGasPrice")),
                logs,
                0,
                "0x");
    }

    private static BigInteger quantity(JsonNode json) {
        return Numeric.decodeQuantity(json.asText());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
