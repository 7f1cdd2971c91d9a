// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.RpcClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Too many blocks in one eth_getLogs are refused, as public endpoints do. */
class LogRangeLimitTest {

    @Test
    void limitCountsBlocksThatExist() {
        try (Chain chain = Chain.builder().blocksOnDemand().maxLogRange(3).start()) {
            RpcClient rpc = new RpcClient(chain.rpcUrl());
            chain.mine();
            chain.mine();
            Map<String, String> everything = Map.of("fromBlock", "0x0", "toBlock", "0xfffffffff");
            assertThat(rpc.call("eth_getLogs", everything).has("result")).isTrue();
            chain.mine();
            JsonNode error = rpc.call("eth_getLogs", everything).path("error");
            assertThat(error.path("code").asInt()).isEqualTo(-32005);
            assertThat(error.path("message").asText()).isEqualTo("query exceeds max block range 3");
        }
    }
}
