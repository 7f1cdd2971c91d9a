// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.observe.ClientStatus.ChainStatus;
import io.crynux.devnet.CrynuxDevnet;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What following costs while nothing happens. */
class IdleCostTest extends FollowingTestSupport {

    @RegisterExtension
    static CrynuxDevnet devnet = still().build();

    @Override
    CrynuxDevnet devnet() {
        return devnet;
    }

    @Test
    void oneRequestPerPoll() throws Exception {
        Following following = follow(polling(QUICKLY), devnet.rpcUrl());
        await().atMost(SOON).until(() -> following.looks() >= 1);
        SortedMap<String, Long> before = devnet.chain().rpcCounts();
        int looksBefore = following.looks();

        await().atMost(SOON).until(() -> following.looks() >= looksBefore + 20);
        following.close();

        SortedMap<String, Long> after = devnet.chain().rpcCounts();
        int looks = following.looks() - looksBefore;
        long heads = after.get("eth_getBlockByNumber") - before.get("eth_getBlockByNumber");
        // One may be on its way at either end.
        assertThat(heads).isBetween(looks - 1L, looks + 1L);
        after.remove("eth_getBlockByNumber");
        before.remove("eth_getBlockByNumber");
        assertThat(after).isEqualTo(before);
    }

    @Test
    void aBlockWithoutEventsCostsNothingMore() throws Exception {
        Following following = follow(polling(QUICKLY), devnet.rpcUrl());
        long start = head();
        SortedMap<String, Long> before = devnet.chain().rpcCounts();
        devnet.chain().mine();
        await().atMost(SOON).until(() -> following.head() == start + 1);

        assertThat(devnet.chain().rpcCounts().get("eth_getLogs")).isEqualTo(before.get("eth_getLogs"));
    }

    @Test
    void aWebSocketMakesPollsRarer() throws Exception {
        Following following = follow(toldByWebSocket(QUICKLY.multipliedBy(10)), devnet.rpcUrl());
        await().atMost(SOON).until(() -> following.follower().status().webSocket() == ChainStatus.WebSocketState.UP);
        // From the first head that was heard on.
        long start = head();
        devnet.chain().mine();
        await().atMost(SOON).until(() -> following.head() == start + 1);
        int looks = following.looks();
        Following plain = follow(polling(QUICKLY.multipliedBy(10)), devnet.rpcUrl());

        await().atMost(SOON).until(() -> plain.looks() >= 8);

        assertThat(following.looks() - looks).isLessThanOrEqualTo(3);
    }
}
