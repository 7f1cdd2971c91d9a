// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No web page gets at RPC, WebSocket, page and control, be it by a name of its own or from another site. */
class AllowedHostsTest {
    private static final String JSON = "Content-Type: application/json\n";
    private static final String CHAIN_ID = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
    private static final String UPGRADE =
            """
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """;

    @RegisterExtension
    static final CrynuxDevnet DEVNET = CrynuxDevnet.builder()
            .nodes(0)
            .blockTime(Duration.ofMillis(100))
            .allowedHosts("devnet", "192.168.1.5", "[fd00::5]")
            .build();

    private final RawHttp rpc = new RawHttp(DEVNET.rpcUrl());
    private final RawHttp relay = new RawHttp(DEVNET.relayUrl());

    private int rpcStatus(String headers) {
        return RawHttp.status(rpc.post("/", headers + JSON, CHAIN_ID));
    }

    private int webSocketStatus(String headers) {
        return RawHttp.status(rpc.send("GET / HTTP/1.1\nConnection: Upgrade\n" + UPGRADE + headers, new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8545",
                "localhost.:8545",
                "crynux.localhost:1",
                "127.0.0.1:8545",
                "127.255.0.3",
                "[::1]:8545",
                "[0:0:0:0:0:0:0:1]",
                "devnet:8545",
                "192.168.1.5:8545",
                "[FD00::5]:8545"
            })
    void itsOwnNamesAreAnswered(String host) {
        assertThat(rpcStatus("Host: " + host + "\n")).isEqualTo(200);
        assertThat(relay.get("/devnet/faults", "Host: " + host + "\n")).isEqualTo(200);
        assertThat(relay.get("/devnet/", "Host: " + host + "\n")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "localhost@evil.example",
                "evil.example:localhost",
                "notlocalhost",
                "10.0.0.1:8545",
                "0.0.0.0:8545",
                "127.0.0.256",
                "127.1",
                "[::2]",
                "[::]",
                "[evil.example]",
                ":8545",
                "devnet.evil.example"
            })
    void otherNamesAreRefused(String host) {
        String header = "Host: " + host + "\n";
        assertThat(rpcStatus(header)).isEqualTo(403);
        assertThat(relay.get("/", header)).isEqualTo(403);
        assertThat(relay.get("/devnet/", header)).isEqualTo(403);
        assertThat(relay.get("/devnet/status", header)).isEqualTo(403);
        assertThat(relay.get("/devnet/faults", header)).isEqualTo(403);
        assertThat(RawHttp.status(relay.post("/devnet/faults", header + JSON, "{\"fault\":\"rpc.down\"}")))
                .isEqualTo(403);
        assertThat(DEVNET.faults().on()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "https://127.0.0.1", "http://devnet", "http://[::1]:3000"})
    void pagesOfThisMachineAreAnswered(String origin) {
        String headers = "Host: localhost\nOrigin: " + origin + "\n";
        assertThat(rpcStatus(headers)).isEqualTo(200);
        assertThat(relay.get("/devnet/faults", headers)).isEqualTo(200);
        assertThat(rpc.send(
                        "POST / HTTP/1.1\nConnection: close\nContent-Length: " + CHAIN_ID.length() + "\n" + headers
                                + JSON,
                        CHAIN_ID.getBytes(StandardCharsets.UTF_8)))
                .contains("0x7a69");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "http://evil.example:80",
                "null",
                "file://",
                "localhost",
                "http://localhost@evil.example"
            })
    void pagesOfOthersAreRefused(String origin) {
        String headers = "Host: localhost\nOrigin: " + origin + "\n";
        assertThat(rpcStatus(headers)).isEqualTo(403);
        assertThat(webSocketStatus(headers)).isEqualTo(403);
        assertThat(RawHttp.status(
                        relay.send("DELETE /devnet/faults HTTP/1.1\nConnection: close\n" + headers, new byte[0])))
                .isEqualTo(403);
    }

    @Test
    void webSocketsAreRefusedByNameToo() {
        assertThat(webSocketStatus("Host: evil.example\n")).isEqualTo(403);
    }

    @Test
    void theRefusalNamesTheOption() {
        assertThat(rpc.post("/", "Host: evil.example\n" + JSON, CHAIN_ID))
                .contains("The devnet refuses requests with the header Host: evil.example.")
                .contains("--allowed-hosts (CRYNUX_DEVNET_ALLOWED_HOSTS)");
    }

    @Test
    void whatSaysNoNameIsAnswered() {
        assertThat(RawHttp.status(relay.send("GET /devnet/faults HTTP/1.0\n", new byte[0])))
                .isEqualTo(200);
    }

    @Test
    void twoNamesAreRefused() {
        assertThat(rpcStatus("Host: localhost\nHost: evil.example\n")).isIn(400, 403);
    }

    @Test
    void theRelayAnswersToAnyNameAsTheRealOne() {
        assertThat(relay.get("/v1/now", "Host: devnet-of-another-name\n")).isEqualTo(200);
    }

    @Test
    void allNamesCanBeAllowed() {
        try (CrynuxDevnet open =
                CrynuxDevnet.builder().nodes(0).allowedHosts("*").start()) {
            assertThat(new RawHttp(open.relayUrl()).get("/devnet/faults", "Host: any.example\n"))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://devnet", "devnet/a", "", "dev net", "devnet:8545"})
    void whatIsNoHostIsRefusedAtOnce(String host) {
        assertThatThrownBy(() -> CrynuxDevnet.builder().allowedHosts(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + host + "' is not a host");
    }
}
