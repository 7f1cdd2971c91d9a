// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.fake.RelayCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DevnetLifeTest {
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("crynux-devnet")
                        || thread.getName().startsWith("XNIO")
                        || thread.getName().startsWith("JBossThreads"))
                .collect(Collectors.toSet());
    }

    @Test
    void closingEndsServersAndThreads() {
        Set<Thread> before = threads();
        CrynuxDevnet devnet = CrynuxDevnet.builder().start();
        String relay = devnet.relayUrl();
        assertThat(new RelayCalls(relay).get("/v1/now").status()).isEqualTo(200);
        assertThat(threads()).hasSizeGreaterThan(before.size());

        devnet.close();
        devnet.close();

        assertThatThrownBy(() -> new RelayCalls(relay).get("/v1/now")).isInstanceOf(UncheckedIOException.class);
        await().atMost(Duration.ofSeconds(10)).until(() -> before.containsAll(threads()));
    }

    @Test
    void aStartThatFailsLeavesNothingOpen() throws IOException {
        Set<Thread> before = threads();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CrynuxDevnetBuilder builder = CrynuxDevnet.builder().relayPort(taken.getLocalPort());

            assertThatThrownBy(builder::start).hasRootCauseInstanceOf(BindException.class);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> before.containsAll(threads()));
    }

    @Test
    void twoDevnetsDoNotMeet() {
        try (CrynuxDevnet one = CrynuxDevnet.builder().start();
                CrynuxDevnet other = CrynuxDevnet.builder().chainId(7).start()) {
            assertThat(one.rpcUrl()).isNotEqualTo(other.rpcUrl());
            assertThat(one.relayUrl()).isNotEqualTo(other.relayUrl());
            assertThat(new Creator(other, 0).rpc("eth_chainId").asText()).isEqualTo("0x7");
            assertThat(new Creator(one, 0).rpc("eth_chainId").asText()).isEqualTo("0x7a69");
        }
    }

    @Test
    void itListensOnLoopbackOnly() throws IOException {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder().start()) {
            for (String url : new String[] {devnet.rpcUrl(), devnet.relayUrl()}) {
                assertThat(InetAddress.getByName(URI.create(url).getHost()).isLoopbackAddress())
                        .isTrue();
            }
        }
    }

    @Test
    void accountsAreTheWellKnownOnesAndHaveMoney() {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder().accounts(3).start()) {
            assertThat(devnet.accounts())
                    .extracting(DevnetAccount::address)
                    .containsExactly(
                            "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
                            "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
                            "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");
            assertThat(devnet.account(0).privateKey())
                    .isEqualTo("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
            assertThat(devnet.account(0)).hasToString("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
            assertThat(new Creator(devnet, 2)
                            .rpc("eth_getBalance", devnet.account(2).address(), "latest")
                            .asText())
                    .isEqualTo("0x21e19e0c9bab2400000");
            assertThat(devnet.nodes()).hasSize(3).doesNotContainAnyElementsOf(devnet.accounts());
            assertThatThrownBy(() -> devnet.account(3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void nonsenseIsRefused() {
        CrynuxDevnetBuilder builder = CrynuxDevnet.builder();
        assertThatThrownBy(() -> builder.blockTime(Duration.ofMillis(-1))).hasMessageContaining("blockTime");
        assertThatThrownBy(() -> builder.relayLag(Duration.ofMillis(-1))).hasMessageContaining("relayLag");
        assertThatThrownBy(() -> builder.workTime(Duration.ofMillis(-1))).hasMessageContaining("workTime");
        assertThatThrownBy(() -> builder.nodes(-1)).hasMessageContaining("nodes");
        assertThatThrownBy(() -> builder.accounts(-1)).hasMessageContaining("accounts");
    }
}
