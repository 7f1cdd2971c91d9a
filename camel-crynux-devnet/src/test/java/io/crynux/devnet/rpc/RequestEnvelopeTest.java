// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.RpcClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single requests, batches, notifications, and what is none of these. */
class RequestEnvelopeTest {
    private final Chain chain = Chain.builder().blocksOnDemand().start();
    private final RpcClient rpc = new RpcClient(chain.rpcUrl());

    @AfterEach
    void close() {
        chain.close();
    }

    @Test
    void answersBatchesInOrderWithTheirIds() throws IOException {
        JsonNode answers = answer(
                """
                [{"jsonrpc":"2.0","id":"a","method":"eth_chainId","params":[]},
                 {"jsonrpc":"2.0","method":"eth_blockNumber"},
                 {"jsonrpc":"2.0","id":7,"method":"eth_nope","params":[]},
                 {"jsonrpc":"2.0","id":8}]
                """);
        assertThat(answers).hasSize(3);
        assertThat(answers.path(0).toString()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":\"0x7a69\"}");
        assertThat(answers.path(1).path("id").asInt()).isEqualTo(7);
        assertThat(answers.path(1).path("error").path("code").asInt()).isEqualTo(-32601);
        assertThat(answers.path(2).path("id").asInt()).isEqualTo(8);
        assertThat(answers.path(2).path("error").path("code").asInt()).isEqualTo(-32600);
    }

    @Test
    void notificationsAreNotAnswered() {
        assertThat(rpc.post("{\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\"}").statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                       | -32700",
                "{} {}                                   | -32700",
                "[]                                      | -32600",
                "5                                       | -32600",
                "{\"id\":1,\"method\":5}                 | -32600",
                "{\"id\":[],\"method\":\"eth_chainId\"}  | -32600",
                "{\"id\":1,\"method\":\"eth_getBalance\"}| -32602",
                "{\"id\":1,\"method\":\"eth_getBalance\",\"params\":[\"0x12\",\"latest\"]}| -32602",
                "{\"id\":1,\"method\":\"eth_getBlockByNumber\",\"params\":[\"newest\",false]}| -32602",
                "{\"id\":1,\"method\":\"eth_sendRawTransaction\",\"params\":[\"0x0\"]}| -32602",
                "{\"id\":1,\"method\":\"eth_call\",\"params\":[{\"to\":\"0x12\"}]}| -32602"
            })
    void malformedRequestsGetAnError(String body, int code) throws IOException {
        assertThat(answer(body).path("error").path("code").asInt()).isEqualTo(code);
    }

    @Test
    void deeplyNestedJsonIsRefused() throws IOException {
        assertThat(answer("[".repeat(100_000)).path("error").path("code").asInt())
                .isEqualTo(-32700);
    }

    @Test
    void deeplyNestedTransactionIsRefused() throws IOException {
        String raw = "0x" + "f9fffd".repeat(30_000);
        assertThat(rpc.call("eth_sendRawTransaction", raw)
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("Failed to decode transaction");
    }

    @Test
    void bodiesAboveAMegabyteAreRefused() {
        HttpResponse<String> response = rpc.post("\"" + "x".repeat(RpcServer.MAX_BODY_BYTES) + "\"");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("-32600");
    }

    @Test
    void bodiesThatDoNotTellTheirLengthAreRefusedToo() throws IOException, InterruptedException {
        byte[] body = new byte[3 * RpcServer.MAX_BODY_BYTES];
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(chain.rpcUrl()))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(chunked, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void onlyPostIsServed() throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(URI.create(chain.rpcUrl())).build();
        assertThat(HttpClient.newHttpClient()
                        .send(get, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
    }

    private JsonNode answer(String body) throws IOException {
        HttpResponse<String> response = rpc.post(body);
        JsonNode answer = RpcClient.JSON.readTree(response.body());
        boolean unreadable = answer.path("error").path("code").asInt() == -32700;
        assertThat(response.statusCode()).isEqualTo(unreadable ? 400 : 200);
        return answer;
    }
}
