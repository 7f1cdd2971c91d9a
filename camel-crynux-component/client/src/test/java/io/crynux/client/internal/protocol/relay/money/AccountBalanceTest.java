// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.internal.protocol.relay.replay.ScriptedRelay;
import java.math.BigInteger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A first creation needs three fees; the balance is read at most every 30 seconds. */
class AccountBalanceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile String balance = "100";
    private ScriptedRelay relay;
    private ReplayClient client;
    private AccountBalance account;

    @BeforeEach
    void start() {
        relay = new ScriptedRelay();
        client = new ReplayClient(relay.url());
        RelayApi api = client.api("0x" + "46".repeat(32));
        relay.on("/v1/now", exchange -> "{\"now\":0}");
        relay.on("/v2/relay_account/" + api.address() + "/balance", exchange -> {
            reads.incrementAndGet();
            return "\"" + balance + "\"";
        });
        account = new AccountBalance(api, nanos::get);
    }

    @AfterEach
    void stop() {
        client.close();
        relay.close();
    }

    private boolean isEnough(int fee) {
        return ReplayClient.get(account.isEnoughFor(BigInteger.valueOf(fee)))
                .value()
                .orElseThrow();
    }

    @Test
    void threeFeesAreNeeded() {
        assertThat(isEnough(34)).isFalse();
        assertThat(isEnough(33)).isTrue();
    }

    @Test
    void itIsReadEveryThirtySeconds() {
        for (int i = 0; i < 5; i++) {
            assertThat(isEnough(10)).isTrue();
        }
        assertThat(reads).hasValue(1);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(30));
        assertThat(isEnough(10)).isTrue();
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatWasSpentMeanwhileCounts() {
        for (int i = 0; i < 8; i++) {
            assertThat(isEnough(10)).isTrue();
        }
        balance = "20";
        assertThat(isEnough(10))
                .as("20 is left by our own count, so it is read again")
                .isFalse();
    }

    @Test
    void aDepositIsNoticedAtOnce() {
        balance = "0";
        assertThat(isEnough(10)).isFalse();
        balance = "30";
        assertThat(isEnough(10)).isTrue();
    }

    @Test
    void withoutAnAnswerTheRefusalIsTold() {
        relay.close();

        assertThat(ReplayClient.get(account.isEnoughFor(BigInteger.ONE))
                        .refusal()
                        .orElseThrow())
                .isInstanceOf(Refusal.class);
    }
}
