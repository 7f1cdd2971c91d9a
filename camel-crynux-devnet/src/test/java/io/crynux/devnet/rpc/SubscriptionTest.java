// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.TaskCalls;
import io.crynux.devnet.chain.TestNetwork;
import io.crynux.devnet.chain.WebSocketClient;
import io.crynux.devnet.ledger.Reorg;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What eth_subscribe tells, in which order, and to whom. */
class SubscriptionTest {
    private static final String PENDING = TaskCalls.topic("TaskPending(uint256,uint256,address,bytes32,bytes32)");

    private final TestNetwork network = new TestNetwork().join(3);
    private final WebSocketClient socket = new WebSocketClient(network.chain.webSocketUrl());

    @AfterEach
    void close() {
        socket.close();
        network.close();
    }

    private JsonNode block(int number) {
        return network.rpc.result("eth_getBlockByNumber", "0x" + Integer.toHexString(number), false);
    }

    @Test
    void everyNewHead() {
        String heads = socket.subscribe("newHeads");
        for (int i = 0; i < 3; i++) {
            network.chain.mine();
        }
        network.create(network.alice, 0, 1, 30);
        assertThat(socket.told(heads, 4)).containsExactly(block(4), block(5), block(6), block(7));
    }

    @Test
    void logsOfAContractWithTheTopicsAskedFor() {
        String some = socket.subscribe(
                "logs", Map.of("address", network.chain.contractAddress(), "topics", List.of(PENDING)));
        JsonNode first = network.create(network.alice, 0, 1, 30);
        JsonNode second = network.create(network.bob, 0, 1, 30);
        assertThat(first.path("logs")).hasSize(4);
        assertThat(socket.told(some, 2))
                .containsExactly(first.path("logs").path(0), second.path("logs").path(0));

        String ofBob = socket.subscribe(
                "logs",
                Map.of(
                        "topics",
                        Arrays.asList(
                                null,
                                "0x" + "0".repeat(24) + network.bob.getAddress().substring(2))));
        network.create(network.alice, 0, 1, 30);
        JsonNode third = network.create(network.bob, 0, 1, 30);
        socket.told(some, 2);
        assertThat(socket.told(ofBob, 1)).containsExactly(third.path("logs").path(0));
    }

    @Test
    void aReorgTellsLogsAgainAsRemovedTheNewestFirst() {
        List<JsonNode> before = new ArrayList<>();
        network.create(network.alice, 0, 1, 30).path("logs").forEach(before::add);
        network.create(network.bob, 0, 1, 30).path("logs").forEach(before::add);
        String logs = socket.subscribe("logs", Map.of());

        network.chain.reorg(2);

        List<JsonNode> removed = socket.told(logs, 5);
        Collections.reverse(before);
        for (int i = 0; i < 5; i++) {
            assertThat(removed.get(i).path("removed").asBoolean()).isTrue();
            assertThat(removed.get(i).path("logIndex")).isEqualTo(before.get(i).path("logIndex"));
            assertThat(removed.get(i).path("blockHash")).isEqualTo(before.get(i).path("blockHash"));
        }
        assertThat(socket.told(logs, 5)).containsExactlyElementsOf(network.logs());
    }

    @Test
    void aReorgTellsItsNewHeads() {
        network.chain.mine();
        network.chain.mine();
        String heads = socket.subscribe("newHeads");
        network.chain.reorg(Reorg.of(2));
        assertThat(socket.told(heads, 3)).containsExactly(block(4), block(5), block(6));
    }

    @Test
    void transactionsThatHaveCome() {
        String hashes = socket.subscribe("newPendingTransactions");
        network.chain.pauseBlocks();
        String hash = network.chain.fund(network.alice.getAddress(), TestNetwork.CNX);
        assertThat(socket.told(hashes, 1).get(0).asText()).isEqualTo(hash);
        String full = socket.subscribe("newPendingTransactions", true);
        String next = network.chain.fund(network.alice.getAddress(), TestNetwork.CNX);
        assertThat(socket.told(hashes, 1).get(0).asText()).isEqualTo(next);
        assertThat(socket.told(full, 1)).containsExactly(network.rpc.result("eth_getTransactionByHash", next));
    }

    @Test
    void nothingIsToldAfterTheEndOfASubscription() {
        String first = socket.subscribe("newHeads");
        String second = socket.subscribe("newHeads");
        assertThat(first).isNotEqualTo(second);
        assertThat(socket.call("eth_unsubscribe", first).path("result").asBoolean())
                .isTrue();
        assertThat(socket.call("eth_unsubscribe", first).path("result").asBoolean(true))
                .isFalse();
        network.chain.mine();
        socket.told(second, 1);
        assertThat(socket.call("eth_chainId").path("result").asText()).isEqualTo("0x7a69");
        assertThat(socket.unread()).isZero();
    }

    @Test
    void subscriptionsBelongToTheirConnection() {
        String heads = socket.subscribe("newHeads");
        try (WebSocketClient other = new WebSocketClient(network.chain.webSocketUrl())) {
            assertThat(other.call("eth_unsubscribe", heads).path("result").asBoolean(true))
                    .isFalse();
            String others = other.subscribe("newHeads");
            network.chain.mine();
            assertThat(socket.told(heads, 1)).isEqualTo(other.told(others, 1));
        }
    }

    @Test
    void everyBlockIsToldOnceInOrderWhileRequestsAreAnswered() throws Exception {
        String heads = socket.subscribe("newHeads");
        Thread miner = new Thread(() -> IntStream.range(0, 500).forEach(i -> network.chain.mine()));
        miner.start();
        int number = 3;
        int answers = 0;
        for (int i = 0; i < 200; i++) {
            socket.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_blockNumber\"}");
        }
        while (number < 503 || answers < 200) {
            JsonNode message = socket.next();
            if (message.has("id")) {
                answers++;
            } else {
                assertThat(message.at("/params/subscription").asText()).isEqualTo(heads);
                assertThat(message.at("/params/result/number").asText())
                        .isEqualTo("0x" + Integer.toHexString(++number));
            }
        }
        miner.join();
    }

    @Test
    void aClientThatDoesNotReadIsDisconnected() {
        WebSocket deaf = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(network.chain.webSocketUrl()), new WebSocket.Listener() {
                    @Override
                    public void onOpen(WebSocket opened) {
                        // Asks for no message, so that none is read.
                    }
                })
                .join();
        String request =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_getLogs\",\"params\":[{\"fromBlock\":\"0x0\"}]}";
        network.create(network.alice, 0, 1, 30);
        String batch = "[" + String.join(",", Collections.nCopies(500, request)) + "]";
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> deaf.sendText(batch, true)
                        .handle((done, error) -> error != null)
                        .join());
        String heads = socket.subscribe("newHeads");
        network.chain.mine();
        assertThat(socket.told(heads, 1)).hasSize(1);
    }

    @Test
    void oneConnectionHasAThousandSubscriptions() {
        for (int i = 0; i < 1_000; i++) {
            socket.subscribe("logs");
        }
        assertThat(socket.call("eth_subscribe", "logs").at("/error/code").asInt())
                .isEqualTo(-32005);
    }
}
