// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.ledger.Reorg;
import io.crynux.testing.RpcProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a reorganisation the events that were told are those of the chain as it is now, each once. */
class ReorganisationsTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    private void tasksInBlocks(int blocks) {
        for (int i = 0; i < blocks; i++) {
            mineTask();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void eventsMoveWithTheirBlocks(int depth) throws Exception {
        long start = head();
        Following following = follow(polling(QUICKLY), devnet.rpcUrl());
        tasksInBlocks(depth);
        mine(1);
        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(depth).isEqualTo(truthAfter(start));

        devnet.chain().reorg(depth + 1);

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(depth).isEqualTo(truthAfter(start));
        assertThat(following.removed()).isEqualTo(depth + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void eventsThatAreGoneAreTakenBack(int depth) throws Exception {
        long start = head();
        Following following = follow(polling(QUICKLY), devnet.rpcUrl());
        mineTask();
        tasksInBlocks(depth);
        await().atMost(SOON).until(() -> following.head() == head());

        devnet.chain().reorg(Reorg.of(depth).dropping());

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(1).isEqualTo(truthAfter(start));
    }

    @Test
    void aDeepOneTakesFewRequests() throws Exception {
        long start = head();
        RpcProxy proxy = closedLater(RpcProxy.to(devnet.rpcUrl()));
        Following following = follow(polling(QUICKLY), proxy.url());
        mine(20);
        mineTask();
        mine(40);
        mineTask();
        mine(60);
        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(2);
        int before = proxy.calls("eth_getBlockByNumber").size();
        int looks = following.looks();

        devnet.chain().reorg(80);

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
        assertThat(following.removed()).isEqualTo(80);
        // 81 headers of new blocks, some of them asked for in vain, and 127 at most to find out which were replaced.
        assertThat(proxy.calls("eth_getBlockByNumber").size() - before - (following.looks() - looks))
                .isLessThan(500);
    }

    /** Also of blocks that came so fast that those before them were read by ranges. */
    @Test
    void aDeepOneAfterALongOutageLosesNothing() throws Exception {
        long start = head();
        RpcProxy proxy = closedLater(RpcProxy.to(devnet.rpcUrl()));
        Following following = follow(polling(QUICKLY), proxy.url());
        await().atMost(SOON).until(() -> following.looks() > 0);
        proxy.goDown();
        mine(300);
        mineTask();
        mine(100);
        mineTask();
        mine(50);
        proxy.recover();
        await().atMost(SOON).until(() -> following.head() == head());

        devnet.chain().reorg(200);

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(2).isEqualTo(truthAfter(start));
    }

    /** While the node was away blocks were replaced, and so many came that they are read by ranges. */
    @Test
    void oneDuringALongOutageIsSeenBeforeRangesAreRead() throws Exception {
        long start = head();
        RpcProxy proxy = closedLater(RpcProxy.to(devnet.rpcUrl()));
        Following following = follow(polling(QUICKLY), proxy.url());
        tasksInBlocks(5);
        await().atMost(SOON).until(() -> following.head() == head());
        proxy.goDown();
        devnet.chain().reorg(3);
        tasksInBlocks(2);
        mine(400);
        proxy.recover();

        await().atMost(SOON).until(() -> following.head() == head());
        assertThat(following.events()).hasSize(7).isEqualTo(truthAfter(start));
        assertThat(following.removed()).isEqualTo(3);
        assertThat(following.blocks()).isLessThan(300);
    }
}
