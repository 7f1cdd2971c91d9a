// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** The base fee follows the use of the blocks where it is asked for; a transaction below it waits. */
class FloatingBaseFeeTest {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    private final Credentials alice = TestAccounts.account(8);

    @Test
    void fallsByAnEighthWithEmptyBlocksAndRisesWithFullOnes() {
        try (Chain chain = Chain.builder()
                .blocksOnDemand()
                .floatingBaseFee()
                .blockGasLimit(21_000)
                .fund(alice.getAddress(), TestAccounts.TEN_THOUSAND)
                .start()) {
            RpcClient rpc = new RpcClient(chain.rpcUrl());
            chain.mine();
            chain.mine();
            assertThat(baseFee(rpc, 1)).isEqualTo(GWEI.longValue() * 7 / 8);
            assertThat(baseFee(rpc, 2)).isEqualTo(GWEI.longValue() * 49 / 64);

            send(chain, rpc, 0, GWEI.longValue());
            String low = send(chain, rpc, 1, GWEI.longValue() * 50 / 64);
            chain.mine();
            long expected = GWEI.longValue() * 343 / 512;
            assertThat(baseFee(rpc, 3)).isBetween(expected - 1, expected + 1);
            long next = quantity(rpc.result("eth_feeHistory", "0x1", "latest", new Object[0])
                    .path("baseFeePerGas")
                    .get(1));
            assertThat(next).isEqualTo(baseFee(rpc, 3) * 9 / 8);
            chain.mine();
            assertThat(baseFee(rpc, 4)).isEqualTo(next);
            assertThat(rpc.result("eth_getTransactionReceipt", low).isObject()).isTrue();
        }
    }

    @Test
    void aTransactionBelowTheBaseFeeWaitsUntilItHasFallen() {
        try (Chain chain = Chain.builder()
                .blocksOnDemand()
                .floatingBaseFee()
                .blockGasLimit(21_000)
                .fund(alice.getAddress(), TestAccounts.TEN_THOUSAND)
                .start()) {
            RpcClient rpc = new RpcClient(chain.rpcUrl());
            send(chain, rpc, 0, 2 * GWEI.longValue());
            String low = send(chain, rpc, 1, GWEI.longValue() * 9 / 10);
            chain.mine();
            chain.mine();
            assertThat(rpc.result("eth_getTransactionReceipt", low).isNull()).isTrue();
            chain.mine();
            assertThat(rpc.result("eth_getTransactionReceipt", low).isObject()).isTrue();
        }
    }

    @Test
    void staysWhereItIsOtherwise() {
        try (Chain chain = Chain.builder().blocksOnDemand().start()) {
            chain.mine();
            assertThat(baseFee(new RpcClient(chain.rpcUrl()), 1)).isEqualTo(GWEI.longValue());
        }
    }

    private String send(Chain chain, RpcClient rpc, long nonce, long maxFee) {
        RawTransaction transaction = RawTransaction.createTransaction(
                chain.chainId(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(21_000),
                "0x" + "12".repeat(20),
                BigInteger.ONE,
                "",
                BigInteger.ZERO,
                BigInteger.valueOf(maxFee));
        return rpc.result(
                        "eth_sendRawTransaction",
                        Numeric.toHexString(TransactionEncoder.signMessage(transaction, alice)))
                .asText();
    }

    private static long baseFee(RpcClient rpc, long block) {
        return quantity(rpc.result("eth_getBlockByNumber", "0x" + Long.toHexString(block), false)
                .path("baseFeePerGas"));
    }

    private static long quantity(JsonNode node) {
        return Long.decode(node.asText());
    }
}
