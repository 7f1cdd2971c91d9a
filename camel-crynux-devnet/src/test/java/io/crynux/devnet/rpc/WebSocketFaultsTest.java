// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.RawWebSocket;
import io.crynux.devnet.chain.TestNetwork;
import io.crynux.devnet.chain.WebSocketClient;
import io.crynux.devnet.fault.Fault;
import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** WebSockets that are cut, that say nothing, and that do not open. */
class WebSocketFaultsTest {
    private final TestNetwork network = new TestNetwork().join(3);
    private final RpcFaults faults = network.chain.rpcFaults();
    private final WebSocketClient socket = connect();

    private WebSocketClient connect() {
        return new WebSocketClient(network.chain.webSocketUrl());
    }

    @AfterEach
    void close() {
        socket.close();
        network.close();
    }

    @Test
    void allThatAreOpenAreCutAtOnce() {
        try (WebSocketClient other = connect()) {
            // Open for the server, too, once it has answered.
            socket.call("eth_chainId");
            other.call("eth_chainId");
            Fault cut = faults.cutWebSockets();
            assertThat(socket.closeCode()).isEqualTo(1006);
            assertThat(other.closeCode()).isEqualTo(1006);
            assertThat(cut.hits()).isEqualTo(2);
            assertThat(faults.on()).isEmpty();
        }
        try (WebSocketClient again = connect()) {
            assertThat(again.call("eth_chainId").path("result").asText()).isEqualTo("0x7a69");
        }
    }

    @Test
    void aConnectionIsCutInTheMiddleOfABlocksNotifications() throws IOException {
        try (RawWebSocket wire = new RawWebSocket(network.chain.webSocketUrl())) {
            wire.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"logs\",{}]}");
            assertThat(wire.next().path("result").isTextual()).isTrue();
            Fault cut = faults.cutWebSockets(2).times(1);
            JsonNode logs = network.create(network.alice, 0, 1, 30).path("logs");
            assertThat(logs).hasSize(4);
            assertThat(wire.untilTheEnd())
                    .extracting(told -> told.at("/params/result"))
                    .containsExactly(logs.path(0), logs.path(1));
            assertThat(cut.hits()).isEqualTo(1);
        }
        try (WebSocketClient again = connect()) {
            String heads = again.subscribe("newHeads");
            for (int i = 0; i < 4; i++) {
                network.chain.mine();
            }
            assertThat(again.told(heads, 4)).hasSize(4);
        }
    }

    @Test
    void notificationsAreCountedForEachConnection() {
        Fault cut = faults.cutWebSockets(1);
        String heads = socket.subscribe("newHeads");
        network.chain.mine();
        assertThat(socket.told(heads, 1)).hasSize(1);
        try (WebSocketClient other = connect()) {
            String others = other.subscribe("newHeads");
            network.chain.mine();
            assertThat(other.told(others, 1)).hasSize(1);
            assertThat(socket.closeCode()).isEqualTo(1006);
            assertThat(other.call("eth_chainId").has("result")).isTrue();
            network.chain.mine();
            assertThat(other.closeCode()).isEqualTo(1006);
        }
        assertThat(cut.hits()).isEqualTo(2);
    }

    @Test
    void aSilentConnectionStaysOpenAndLosesEverything() {
        String heads = socket.subscribe("newHeads");
        Fault silence = faults.silentWebSockets();
        network.chain.mine();
        socket.send("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"eth_chainId\"}");
        socket.socket().sendPing(ByteBuffer.allocate(1)).join();
        await().atMost(Duration.ofSeconds(10)).until(() -> silence.hits() == 3);
        assertThat(socket.isOpen()).isTrue();
        silence.end();
        network.chain.mine();
        assertThat(socket.told(heads, 1).get(0).path("number").asText()).isEqualTo("0x5");
        socket.socket().sendPing(ByteBuffer.allocate(1)).join();
        assertThat(socket.next().asText()).isEqualTo("pong");
        assertThat(socket.call("eth_chainId").path("result").asText()).isEqualTo("0x7a69");
    }

    @Test
    void faultsOfHttpStrikeTheRequestThatOpensAWebSocket() {
        faults.respond(503).times(1);
        assertThatThrownBy(this::connect).hasCauseInstanceOf(WebSocketHandshakeException.class);
        faults.down();
        assertThatThrownBy(this::connect).isNotNull();
        assertThat(socket.call("eth_chainId").path("result").asText()).isEqualTo("0x7a69");
    }

    @Test
    void faultsOfMethodsStrikeCallsOverAWebSocket() {
        faults.respondError("eth_chainId", -32005, "limit exceeded").times(1);
        assertThat(socket.call("eth_chainId").at("/error/code").asInt()).isEqualTo(-32005);
        faults.laggingReplica(2, 1).times(1);
        assertThat(socket.call("eth_blockNumber").path("result").asText()).isEqualTo("0x1");
        assertThat(socket.call("eth_blockNumber").path("result").asText()).isEqualTo("0x3");
    }
}
