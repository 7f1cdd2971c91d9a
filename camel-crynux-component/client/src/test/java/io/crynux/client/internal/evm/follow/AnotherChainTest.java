// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.RpcProxy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node tells of another chain, or mixes up, takes nothing back; following goes on when the chain is back. */
class AnotherChainTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private RpcProxy proxy() {
        return closedLater(RpcProxy.to(devnet.rpcUrl()));
    }

    /** Each block has other values there. */
    private static void replace(RpcProxy node, String... fields) {
        node.intercept("eth_getBlockByNumber", (params, usual) -> {
            ObjectNode answer = usual.get();
            JsonNode block = answer.get("result");
            for (String field : fields) {
                if (block.isObject()) {
                    ((ObjectNode) block)
                            .put(
                                    field,
                                    "0xfeedface" + block.path(field).asText().substring(10));
                }
            }
            return answer;
        });
    }

    private void failsAndGoesOn(RpcProxy node, Following following, long start, String... fields) {
        mineTask();
        await().atMost(SOON).until(() -> following.events().size() == 1);
        replace(node, fields);
        mineTask();
        await().atMost(SOON).until(() -> following.follower().status().failures() >= 5);
        assertThat(following.removed()).isZero();
        assertThat(following.events()).hasSize(1);

        node.release("eth_getBlockByNumber");

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.removed()).isZero();
        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
    }

    @Test
    void oneWithoutACommonBlockIsToldOnceAndLeftWhenTheChainIsBack() throws Exception {
        mine(3);
        long start = head();
        RpcProxy node = proxy();
        Following following = follow(polling(QUICKLY), node.url());
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.evm.follow.Follower")) {
            failsAndGoesOn(node, following, start, "hash", "parentHash");

            assertThat(logged.ofThreads("").stream().filter(message -> message.contains("it is another chain")))
                    .hasSize(1);
        }
    }

    @Test
    void parentsThatDoNotFitTakeNoBlockBack() throws Exception {
        long start = head();
        RpcProxy node = proxy();
        Following following = follow(polling(QUICKLY), node.url());

        failsAndGoesOn(node, following, start, "parentHash");
    }

    @Test
    void logsThatOneUrlKeepsBackComeFromAnother() throws Exception {
        long start = head();
        RpcProxy incomplete = proxy();
        incomplete.intercept("eth_getLogs", (params, usual) -> RpcProxy.result(List.of()));
        Following following = follow(polling(QUICKLY), incomplete.url(), devnet.rpcUrl());
        mineTask();
        mineTask();

        await().atMost(SOON).until(() -> following.events().size() == 2);
        assertThat(following.events()).isEqualTo(truthAfter(start));
    }
}
