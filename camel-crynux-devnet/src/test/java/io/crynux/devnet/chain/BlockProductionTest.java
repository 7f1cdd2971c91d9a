// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Blocks come by the clock, by transactions, or by hand, and stop when the chain is closed. */
class BlockProductionTest {

    @Test
    void byInterval() {
        Chain chain = Chain.builder().blockTime(Duration.ofMillis(10)).start();
        try (chain) {
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> chain.access().head().number() >= 5);
        }
        long last = chain.access().head().number();
        await().pollDelay(Duration.ofMillis(100))
                .until(() -> chain.access().head().number() == last);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("crynux-devnet-blocks");
    }

    @Test
    void byTransaction() {
        try (Chain chain = Chain.builder().blockTime(Duration.ZERO).start()) {
            String hash = chain.joinNode(TestAccounts.account(2).getAddress(), "NVIDIA A", 24);
            assertThat(chain.access().succeeded(hash)).contains(true);
            assertThat(chain.access().head().number()).isEqualTo(1);
        }
    }

    @Test
    void byHandAndNeverOlderThanTheParent() {
        SettableClock clock = new SettableClock(1_000_000);
        try (Chain chain = Chain.builder().blocksOnDemand().clock(clock).start()) {
            clock.advance(900);
            chain.mine();
            clock.advance(-500);
            chain.mine();
            assertThat(chain.access().head().number()).isEqualTo(2);
            assertThat(chain.access().head().timestamp()).isEqualTo(1_000_900);
        }
    }

    @Test
    void blockTakesTransactionsUpToItsGasLimit() {
        try (Chain chain =
                Chain.builder().blocksOnDemand().blockGasLimit(3_500_000).start()) {
            for (int i = 2; i < 5; i++) {
                chain.joinNode(TestAccounts.account(i).getAddress(), "NVIDIA A", 24);
            }
            chain.mine();
            String next = chain.joinNode(TestAccounts.account(5).getAddress(), "NVIDIA A", 24);
            RpcClient rpc = new RpcClient(chain.rpcUrl());
            assertThat(rpc.result("eth_getBlockByNumber", "latest", false).path("transactions"))
                    .hasSize(2);
            chain.mine();
            assertThat(chain.access().succeeded(next)).contains(true);
        }
    }
}
