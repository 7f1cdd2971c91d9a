// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.RpcClient;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestAccounts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

/** Ganache puts the reason of a require into its words, and says of a panic no more than that it is a revert. */
class GanacheErrorsTest {

    @Test
    void estimates() {
        try (Chain chain = Chain.builder().errorDialect(ErrorDialect.GANACHE).start()) {
            JsonNode refused = estimate(chain, 2);
            assertThat(refused.path("message").asText())
                    .isEqualTo("VM Exception while processing transaction: revert Invalid task type");
            assertThat(refused.path("name").asText()).isEqualTo("RuntimeError");
            assertThat(refused.path("stack").asText())
                    .startsWith(
                            "RuntimeError: VM Exception while processing transaction: revert Invalid task type\n    at ");
            assertThat(refused.at("/data/reason").asText()).isEqualTo("Invalid task type");
            assertThat(refused.at("/data/message").asText()).isEqualTo("revert");

            JsonNode panic = estimate(chain, 1);
            assertThat(panic.path("message").asText()).isEqualTo("VM Exception while processing transaction: revert");
            assertThat(panic.at("/data/result").asText()).startsWith("0x4e487b71");
            assertThat(panic.at("/data/reason").isNull()).isTrue();
        }
    }

    /** With cap 0, which is a division by zero where no node is free. */
    private static JsonNode estimate(Chain chain, int type) {
        String from = TestAccounts.account(8).getAddress();
        String data = TaskCalls.createTask(type, Hash.sha3String("task"), 8, 0);
        return new RpcClient(chain.rpcUrl())
                .call("eth_estimateGas", Map.of("from", from, "to", chain.contractAddress(), "data", data))
                .path("error");
    }
}
