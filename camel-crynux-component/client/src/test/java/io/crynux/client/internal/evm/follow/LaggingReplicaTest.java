// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node that stands still, while another one goes on, is left; one that is behind takes nothing back. */
class LaggingReplicaTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private RpcProxy proxy() {
        return closedLater(RpcProxy.to(devnet.rpcUrl()));
    }

    private void freeze(RpcProxy node) {
        String newest = ask("eth_blockNumber").asText();
        node.intercept("eth_getBlockByNumber", (params, usual) -> {
            if (!params.get(0).asText().equals("latest")) {
                return usual.get();
            }
            ObjectNode answer = RpcProxy.result(null);
            answer.set("result", ask("eth_getBlockByNumber", newest, false));
            return answer;
        });
        node.intercept("eth_blockNumber", (params, usual) -> RpcProxy.result(newest));
    }

    @Test
    void oneThatStandsStillIsLeftForAnother() throws Exception {
        long start = head();
        RpcProxy stale = proxy();
        RpcProxy good = proxy();
        Following following = follow(polling(QUICKLY), stale.url(), good.url());
        freeze(stale);
        mineTask();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(1).isEqualTo(truthAfter(start));
        assertThat(following.follower().status().otherAhead()).isFalse();
    }

    @Test
    void anotherThatKnowsNoMoreIsAskedOnceInAWhile() throws Exception {
        RpcProxy used = proxy();
        RpcProxy spare = proxy();
        Following following = follow(polling(QUICKLY), used.url(), spare.url());
        await().atMost(SOON).until(() -> following.looks() >= 1);
        int asked = spare.callCount();
        int looks = following.looks();

        await().atMost(SOON).until(() -> following.looks() >= looks + 30);

        assertThat(spare.callCount() - asked).isBetween(2, 4);
        assertThat(following.follower().stillFor()).isPositive();
    }

    /** Without another one's word a still head of one node may be that node's fault. */
    @Test
    void theChainIsStillOnlyWhenAnotherNodeSaysSoToo() throws Exception {
        Following following = follow(polling(NEVER), proxy().url(), proxy().url());

        assertThat(following.follower().status().headSince()).isNotNull();
        assertThat(following.follower().stillFor()).isEqualTo(Duration.ZERO);
    }

    @Test
    void oneThatFallsBehindTakesNothingBack() throws Exception {
        long start = head();
        RpcProxy node = proxy();
        Following following = follow(polling(QUICKLY), node.url());
        mineTask();
        freeze(node);
        mineTask();
        mine(3);
        node.release("eth_getBlockByNumber");
        await().atMost(SOON).until(() -> following.head() == head());
        long newest = head();
        String old = "0x" + Long.toHexString(newest - 3);
        node.intercept("eth_getBlockByNumber", (params, usual) -> {
            ObjectNode answer = RpcProxy.result(null);
            answer.set("result", ask("eth_getBlockByNumber", old, false));
            return answer;
        });
        int looks = following.looks();
        await().atMost(SOON).until(() -> following.looks() >= looks + 3);

        assertThat(following.head()).isEqualTo(newest);
        assertThat(following.removed()).isZero();
        assertThat(following.events()).isEqualTo(truthAfter(start));
        // It is the node that stands still.
        assertThat(following.follower().stillFor()).isLessThan(Duration.ofMillis(500));
    }
}
