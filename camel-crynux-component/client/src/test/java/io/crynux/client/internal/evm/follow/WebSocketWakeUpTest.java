// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.observe.ClientStatus.ChainStatus.WebSocketState;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.RpcProxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** New heads that a WebSocket tells of are read at once, over HTTP; what a WebSocket does not tell is read at the interval. */
class WebSocketWakeUpTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private Following told(Duration interval, String rpcUrl) throws Exception {
        Following following = follow(toldByWebSocket(interval), rpcUrl);
        await().atMost(SOON).until(() -> following.follower().status().webSocket() == WebSocketState.UP);
        return following;
    }

    @Test
    void aBlockIsReadLongBeforeTheNextPoll() throws Exception {
        long start = head();
        Following following = told(NEVER, devnet.rpcUrl());

        mineTask();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(1).isEqualTo(truthAfter(start));
    }

    @Test
    void whatCameBeforeTheSubscriptionStoodIsReadWhenItDoes() throws Exception {
        long start = head();
        Following following = begin(null, toldByWebSocket(NEVER), devnet.rpcUrl());
        following.started().get();
        mineTask();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).isEqualTo(truthAfter(start));
    }

    @Test
    void headsThatComeDuringAPollMakeOneMore() throws Exception {
        RpcProxy proxy = closedLater(RpcProxy.to(devnet.rpcUrl()));
        Following following = told(NEVER, proxy.url());
        CountDownLatch answer = new CountDownLatch(1);
        await().atMost(SOON).until(() -> following.looks() >= 1);
        int before = heads(proxy);
        proxy.intercept("eth_getBlockByNumber", (params, node) -> {
            var reply = node.get();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return reply;
        });

        mine(30);
        answer.countDown();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(heads(proxy) - before).isLessThanOrEqualTo(4);
    }

    private static int heads(RpcProxy proxy) {
        return (int) proxy.calls("eth_getBlockByNumber").stream()
                .filter(call -> call.at("/params/0").asText().equals("latest"))
                .count();
    }

    @Test
    void nothingIsLostWhenItIsCutInsideABlock() throws Exception {
        long start = head();
        Following following = told(Duration.ofMillis(100), devnet.rpcUrl());
        mineTask();
        devnet.faults().rpc().cutWebSockets(1);
        for (int i = 0; i < 10; i++) {
            mineTask();
        }

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(11).isEqualTo(truthAfter(start));
    }

    @Test
    void nothingIsLostWhenItIsSilent() throws Exception {
        long start = head();
        Following following = told(Duration.ofMillis(100), devnet.rpcUrl());
        mineTask();
        await().atMost(SOON).until(() -> following.head() == head());
        devnet.faults().rpc().silentWebSockets();
        mineTask();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
        await().atMost(SOON).until(() -> following.follower().status().webSocket() == WebSocketState.DOWN);
    }
}
