// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.RpcClient;
import io.crynux.devnet.chain.TestNetwork;
import io.crynux.devnet.chain.WebSocketClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON-RPC over a WebSocket: what HTTP has, on the same port. */
class WebSocketTest {
    private final TestNetwork network = new TestNetwork().join(3);
    private final WebSocketClient socket = new WebSocketClient(network.chain.webSocketUrl());

    @AfterEach
    void close() {
        socket.close();
        network.close();
    }

    @Test
    void itIsOnThePortOfHttp() {
        assertThat(network.chain.webSocketUrl())
                .isEqualTo(network.chain.rpcUrl().replace("http:", "ws:"));
    }

    @Test
    void methodsAnswerAsOverHttp() {
        String hash =
                network.create(network.alice, 0, 1, 30).path("transactionHash").asText();
        Map<String, List<Object>> calls = Map.of(
                "eth_chainId", List.of(),
                "web3_clientVersion", List.of(),
                "eth_getBlockByNumber", List.of("latest", true),
                "eth_getBlockReceipts", List.of("latest"),
                "eth_getTransactionReceipt", List.of(hash),
                "eth_getLogs", List.of(Map.of("fromBlock", "earliest")),
                "eth_getBalance", List.of(network.alice.getAddress(), "latest"),
                "eth_feeHistory", List.of("0x2", "latest", List.of()),
                "eth_nope", List.of());
        calls.forEach((method, params) -> {
            JsonNode expected = network.rpc.call(method, params.toArray());
            JsonNode answer = socket.call(method, params.toArray());
            assertThat(answer.path("result")).isEqualTo(expected.path("result"));
            assertThat(answer.path("error")).isEqualTo(expected.path("error"));
        });
    }

    @Test
    void batchesAreAnsweredInOneMessage() {
        socket.send(
                """
                [{"jsonrpc":"2.0","id":"a","method":"eth_chainId"},
                 {"jsonrpc":"2.0","method":"eth_blockNumber"},
                 {"jsonrpc":"2.0","id":7,"method":"eth_subscribe","params":["newHeads"]},
                 {"jsonrpc":"2.0","id":8,"method":"eth_blockNumber"}]
                """);
        JsonNode answers = socket.next();
        assertThat(answers).extracting(answer -> answer.path("id").asText()).containsExactly("a", "7", "8");
        network.chain.mine();
        assertThat(socket.told(answers.path(1).path("result").asText(), 1)).hasSize(1);
    }

    @Test
    void requestsAreAnsweredInTheirOrder() {
        for (int i = 0; i < 200; i++) {
            socket.send("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"eth_blockNumber\"}");
        }
        for (int i = 0; i < 200; i++) {
            assertThat(socket.next().path("id").asInt()).isEqualTo(i);
        }
    }

    @Test
    void pingsBetweenRequestsAreAnswered() {
        for (int i = 0; i < 100; i++) {
            socket.socket().sendPing(ByteBuffer.allocate(1)).join();
            socket.send("{\"jsonrpc\":\"2.0\",\"id\":" + i + ",\"method\":\"eth_chainId\"}");
        }
        List<Integer> answered = new ArrayList<>();
        int pongs = 0;
        while (pongs + answered.size() < 200) {
            JsonNode message = socket.next();
            if (message.isTextual()) {
                pongs++;
            } else {
                answered.add(message.path("id").asInt());
            }
        }
        assertThat(answered).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void textInPiecesAndBinaryMessagesAreRequestsToo() {
        String request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}";
        socket.socket().sendText(request.substring(0, 10), false).join();
        socket.socket().sendText(request.substring(10), true).join();
        assertThat(socket.next().path("result").asText()).isEqualTo("0x7a69");
        socket.socket()
                .sendBinary(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)), true)
                .join();
        assertThat(socket.next().path("result").asText()).isEqualTo("0x7a69");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                                                   | -32700",
                "[]                                                                  | -32600",
                "5                                                                   | -32600",
                "{\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"nope\"]}        | -32602",
                "{\"id\":1,\"method\":\"eth_subscribe\",\"params\":[]}                | -32602",
                "{\"id\":1,\"method\":\"eth_subscribe\"}                              | -32602",
                "{\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"logs\",{\"address\":\"0x1\"}]}| -32602",
                "{\"id\":1,\"method\":\"eth_unsubscribe\",\"params\":[]}              | -32602"
            })
    void malformedRequestsGetAnError(String body, int code) {
        socket.send(body);
        assertThat(socket.next().path("error").path("code").asInt()).isEqualTo(code);
        assertThat(socket.call("eth_chainId").path("result").asText()).isEqualTo("0x7a69");
    }

    @Test
    void messagesAboveAMegabyteEndTheConnection() {
        socket.socket().sendText("\"" + "x".repeat(RpcServer.MAX_BODY_BYTES) + "\"", true);
        assertThat(socket.closeCode()).isEqualTo(1009);
        assertThat(network.rpc.result("eth_chainId").asText()).isEqualTo("0x7a69");
    }

    @Test
    void overHttpNothingCanBeSubscribedTo() throws IOException {
        JsonNode answer = RpcClient.JSON.readTree(network.rpc
                .post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}")
                .body());
        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32601);
    }

    @Test
    void theEndOfTheChainEndsTheConnection() {
        network.close();
        assertThat(socket.closeCode()).isEqualTo(1006);
    }
}
