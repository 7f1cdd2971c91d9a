// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** What waits for a block, in which order it is mined, and how one transaction takes another's place. */
class TransactionPoolTest {
    private static final long GWEI = 1_000_000_000;

    private final Credentials alice = TestAccounts.account(8);
    private final Credentials bob = TestAccounts.account(9);
    private final Chain chain = Chain.builder()
            .blocksOnDemand()
            .fund(alice.getAddress(), TestAccounts.TEN_THOUSAND)
            .fund(bob.getAddress(), TestNetwork.CNX)
            .start();
    private final RpcClient rpc = new RpcClient(chain.rpcUrl());

    @AfterEach
    void close() {
        chain.close();
    }

    @Test
    void waitsUntilABlockIsMade() {
        String hash = send(alice, 0, 2 * GWEI, GWEI, 1).path("result").asText();
        assertThat(rpc.result("eth_getTransactionReceipt", hash).isNull()).isTrue();
        JsonNode pending = rpc.result("eth_getTransactionByHash", hash);
        assertThat(pending.path("blockHash").isNull()).isTrue();
        assertThat(count("latest")).isEqualTo("0x0");
        assertThat(count("pending")).isEqualTo("0x1");
        chain.mine();
        assertThat(count("latest")).isEqualTo("0x1");
        assertThat(rpc.result("eth_getTransactionReceipt", hash).path("status").asText())
                .isEqualTo("0x1");
    }

    @Test
    void gapIsFilledLater() {
        String second = send(alice, 1, 2 * GWEI, GWEI, 1).path("result").asText();
        chain.mine();
        assertThat(rpc.result("eth_getTransactionReceipt", second).isNull()).isTrue();
        assertThat(count("pending")).isEqualTo("0x0");
        send(alice, 0, 2 * GWEI, GWEI, 1);
        assertThat(count("pending")).isEqualTo("0x2");
        chain.mine();
        assertThat(rpc.result("eth_getTransactionReceipt", second)
                        .path("transactionIndex")
                        .asText())
                .isEqualTo("0x1");
    }

    @Test
    void gapMakesNoBlockWhereEveryTransactionMakesOne() {
        try (TestNetwork network = new TestNetwork()) {
            RawTransaction gapped = RawTransaction.createTransaction(
                    network.chain.chainId(),
                    BigInteger.TWO,
                    BigInteger.valueOf(21_000),
                    bob.getAddress(),
                    BigInteger.ONE,
                    "",
                    BigInteger.valueOf(GWEI),
                    BigInteger.valueOf(2 * GWEI));
            network.rpc.result(
                    "eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(gapped, alice)));
            assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x0");
        }
    }

    @Test
    void higherFeeGoesFirst() {
        send(alice, 0, 3 * GWEI, GWEI, 1);
        String replacement = send(bob, 0, 3 * GWEI, 2 * GWEI, 1).path("result").asText();
        chain.mine();
        assertThat(rpc.result("eth_getTransactionReceipt", replacement)
                        .path("transactionIndex")
                        .asText())
                .isEqualTo("0x0");
    }

    @Test
    void replacementRaisesBothFeesByATenth() {
        String first = send(alice, 0, 3 * GWEI, GWEI, 1).path("result").asText();
        assertThat(message(send(alice, 0, 3 * GWEI, GWEI, 1))).isEqualTo("transaction already imported");
        assertThat(message(send(alice, 0, 9 * GWEI, GWEI, 1))).isEqualTo("replacement transaction underpriced");
        String second =
                send(alice, 0, 3_300_000_000L, 1_100_000_000, 1).path("result").asText();
        assertThat(rpc.result("eth_getTransactionByHash", first).isNull()).isTrue();
        chain.mine();
        assertThat(rpc.result("eth_getTransactionReceipt", second).isObject()).isTrue();
        assertThat(message(send(alice, 0, 3 * GWEI, GWEI, 1))).isEqualTo("nonce too low");
    }

    @Test
    void refusesWhatCannotBeMined() {
        assertThat(message(send(alice, 0, GWEI, 2 * GWEI, 1)))
                .isEqualTo("max priority fee per gas higher than max fee per gas");
        assertThat(message(send(alice, 0, GWEI - 1, 1, 1))).isEqualTo("max fee per gas less than block base fee");
        assertThat(message(send(bob, 0, 2 * GWEI, GWEI, 1_000_000_000_000_000_000L)))
                .isEqualTo("Insufficient funds for gas * price + value");
    }

    @Test
    void dropsWhatCannotBePaidAnyMore() {
        long most = 999_000_000_000_000_000L;
        send(bob, 0, 2 * GWEI, GWEI, most);
        String second = send(bob, 1, 2 * GWEI, GWEI, most).path("result").asText();
        chain.mine();
        assertThat(rpc.result("eth_getTransactionByHash", second).isNull()).isTrue();
    }

    @Test
    void senderPaysTheGasUsedAtTheEffectivePriceAndTheMinerGetsThePriority() {
        String hash = send(alice, 0, 9 * GWEI, 2 * GWEI, 5).path("result").asText();
        chain.mine();
        JsonNode receipt = rpc.result("eth_getTransactionReceipt", hash);
        assertThat(receipt.path("effectiveGasPrice").asText()).isEqualTo("0xb2d05e00");
        BigInteger paid = BigInteger.valueOf(21_000 * 3 * GWEI + 5);
        assertThat(balance(alice.getAddress())).isEqualTo(TestAccounts.TEN_THOUSAND.subtract(paid));
        assertThat(balance("0x" + "0".repeat(40))).isEqualTo(BigInteger.valueOf(21_000 * 2 * GWEI));
    }

    private JsonNode send(Credentials from, long nonce, long maxFee, long priorityFee, long value) {
        RawTransaction transaction = RawTransaction.createTransaction(
                chain.chainId(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(100_000),
                "0x" + "12".repeat(20),
                BigInteger.valueOf(value),
                "",
                BigInteger.valueOf(priorityFee),
                BigInteger.valueOf(maxFee));
        return rpc.call(
                "eth_sendRawTransaction", Numeric.toHexString(TransactionEncoder.signMessage(transaction, from)));
    }

    private static String message(JsonNode answer) {
        return answer.path("error").path("message").asText();
    }

    private String count(String block) {
        return rpc.result("eth_getTransactionCount", alice.getAddress(), block).asText();
    }

    private BigInteger balance(String address) {
        return Numeric.decodeQuantity(
                rpc.result("eth_getBalance", address, "latest").asText());
    }
}
