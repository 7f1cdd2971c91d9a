// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TestNetwork;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the node tells of itself, the chain, and the price of gas. */
class NodeInformationTest {
    private final TestNetwork network = new TestNetwork();

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void chain() {
        assertThat(network.rpc.result("eth_chainId").asText()).isEqualTo("0x7a69");
        assertThat(network.rpc.result("net_version").asText()).isEqualTo("31337");
        assertThat(network.rpc.result("eth_syncing").asBoolean()).isFalse();
        assertThat(network.rpc.result("eth_accounts")).isEmpty();
        assertThat(network.rpc.result("eth_blockNumber").asText()).isEqualTo("0x0");
        assertThat(network.rpc.result("web3_clientVersion").asText()).startsWith("camel-crynux-devnet/");
    }

    @Test
    void gasPrices() {
        assertThat(network.rpc.result("eth_gasPrice").asText()).isEqualTo("0x77359400");
        assertThat(network.rpc.result("eth_maxPriorityFeePerGas").asText()).isEqualTo("0x3b9aca00");
    }

    @Test
    void feeHistory() {
        network.create(network.alice, 0, 1, 30);
        network.chain.mine();
        JsonNode history = network.rpc.result("eth_feeHistory", "0x2", "latest", List.of(25, 75));
        assertThat(history.path("oldestBlock").asText()).isEqualTo("0x1");
        assertThat(history.path("baseFeePerGas")).hasSize(3);
        assertThat(history.path("gasUsedRatio").path(0).asDouble()).isBetween(0.01, 0.05);
        assertThat(history.path("gasUsedRatio").path(1).asDouble()).isZero();
        assertThat(history.path("reward").path(0).path(1).asText()).isEqualTo("0x3b9aca00");
        assertThat(history.path("reward").path(1).path(0).asText()).isEqualTo("0x0");
    }

    @Test
    void codeIsWhereTheContractsAre() {
        assertThat(network.rpc
                        .result("eth_getCode", network.chain.contractAddress(), "latest")
                        .asText())
                .hasSizeGreaterThan(2);
        assertThat(network.rpc
                        .result("eth_getCode", network.alice.getAddress(), "latest")
                        .asText())
                .isEqualTo("0x");
    }

    @Test
    void estimateOfATransfer() {
        Map<String, String> transfer =
                Map.of("from", network.alice.getAddress(), "to", network.bob.getAddress(), "value", "0x1");
        assertThat(network.rpc.result("eth_estimateGas", transfer).asText()).isEqualTo("0x5208");
    }

    @Test
    void callsWithTooLittleGas() {
        Map<String, String> call = Map.of("to", network.bob.getAddress(), "gas", "0x5000");
        assertThat(network.rpc
                        .call("eth_call", call, "latest")
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("intrinsic gas too high -- CallGasCostMoreThanGasLimit");
        assertThat(network.rpc
                        .call("eth_estimateGas", call)
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("Out of gas: gas required exceeds allowance: 20480");
    }
}
