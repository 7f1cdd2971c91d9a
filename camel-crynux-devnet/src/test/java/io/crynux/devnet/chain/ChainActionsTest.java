// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Credentials;

/** What can be done to a running chain: pauses, drops, time travel, money. */
class ChainActionsTest {
    private final Credentials alice = TestAccounts.account(8);
    private final SettableClock clock = new SettableClock(1_800_000_000);

    private ChainBuilder chain() {
        return Chain.builder().clock(clock).fund(alice.getAddress(), TestAccounts.TEN_THOUSAND);
    }

    private static String pay(Chain chain, Credentials sender) {
        return chain.access().send(sender, "0x" + "12".repeat(20), "0x", BigInteger.ONE);
    }

    @Test
    void aPauseHoldsTransactionsBackWhereEveryOneMakesABlock() {
        try (Chain chain = chain().blockTime(Duration.ZERO).start()) {
            chain.pauseBlocks();
            String hash = pay(chain, alice);
            assertThat(chain.access().succeeded(hash)).isEmpty();
            assertThat(chain.access().head().number()).isZero();
            chain.resumeBlocks();
            assertThat(chain.access().succeeded(hash)).contains(true);
            chain.pauseBlocks();
            chain.resumeBlocks();
            assertThat(chain.access().head().number()).isEqualTo(1);
        }
    }

    @Test
    void aPauseStopsBlocksByIntervalButNotThoseByHand() {
        try (Chain chain = chain().blockTime(Duration.ofMillis(5)).start()) {
            chain.pauseBlocks();
            long head = chain.access().head().number();
            chain.mine();
            await().during(Duration.ofMillis(60))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> chain.access().head().number() == head + 1);
            chain.resumeBlocks();
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> chain.access().head().number() > head + 2);
        }
    }

    @Test
    void aDroppedTransactionIsGoneAndItsNonceFree() {
        try (Chain chain = chain().blocksOnDemand().start()) {
            String hash = pay(chain, alice);
            assertThat(chain.access().fate(hash).kind()).isEqualTo(ChainAccess.Fate.Kind.WAITING);
            assertThat(chain.dropTransaction(
                            hash.toUpperCase(java.util.Locale.ROOT).replace("0X", "0x")))
                    .isTrue();
            assertThat(chain.dropTransaction(hash)).isFalse();
            chain.mine();
            assertThat(chain.access().fate(hash).kind()).isEqualTo(ChainAccess.Fate.Kind.UNKNOWN);
            String next = pay(chain, alice);
            chain.mine();
            assertThat(chain.access().succeeded(next)).contains(true);
        }
    }

    @Test
    void whatWaitsBehindADroppedNonceIsGivenUpForLost() {
        try (Chain chain = chain().blocksOnDemand().start()) {
            String first = pay(chain, alice);
            String second = pay(chain, alice);
            chain.dropTransaction(first);
            assertThat(chain.access().fate(second).kind()).isEqualTo(ChainAccess.Fate.Kind.UNKNOWN);
            pay(chain, alice);
            assertThat(chain.access().fate(second).kind()).isEqualTo(ChainAccess.Fate.Kind.WAITING);
            chain.mine();
            assertThat(chain.access().fate(second).kind()).isEqualTo(ChainAccess.Fate.Kind.SUCCEEDED);
        }
    }

    @Test
    void timeGoesForwardWithTheNextBlock() {
        try (Chain chain = chain().blocksOnDemand().start()) {
            chain.advanceTime(Duration.ofMinutes(15));
            assertThat(chain.access().head().timestamp()).isEqualTo(1_800_000_000);
            chain.mine();
            assertThat(chain.access().head().timestamp()).isEqualTo(1_800_000_900);
            assertThatThrownBy(() -> chain.advanceTime(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void moneyFromNowhere() {
        String poor = "0x" + "34".repeat(20);
        try (Chain chain = chain().blockTime(Duration.ZERO).start()) {
            chain.fund(poor, BigInteger.valueOf(7));
            chain.fund(poor, BigInteger.valueOf(5));
            assertThat(new RpcClient(chain.rpcUrl())
                            .result("eth_getBalance", poor, "latest")
                            .asText())
                    .isEqualTo("0xc");
            assertThatThrownBy(() -> chain.fund(poor, BigInteger.TEN.pow(27))).isInstanceOf(ChainAccessException.class);
        }
    }
}
