// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.chain.WebSocketClient;
import io.crynux.devnet.fake.RelayCalls;
import io.crynux.devnet.fault.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults and chain actions by HTTP, on the Relay's port. */
class ControlTest {
    private final CrynuxDevnet devnet =
            CrynuxDevnet.builder().blockTime(Duration.ofMillis(100)).start();
    private final RelayCalls http = new RelayCalls(devnet.relayUrl());

    @AfterEach
    void close() {
        devnet.close();
    }

    private RelayCalls.Answer post(String path, String body) {
        return http.post("/devnet" + path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> delete(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url)).DELETE().build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFaultIsSwitchedOnListedAndCleared() throws Exception {
        RelayCalls.Answer answer =
                post("/faults", "{\"fault\":\"relay.respond429\",\"retryAfter\":\"2s\",\"times\":3}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("name").asText()).isEqualTo("relay: 429, Retry-After 2");
        assertThat(http.get("/v1/now").status()).isEqualTo(429);
        JsonNode list = http.get("/devnet/faults").json();
        assertThat(list.at("/on/0/hits").asInt()).isEqualTo(1);
        assertThat(list.path("known")).extracting(JsonNode::asText).contains("rpc.down", "nodes.cheat");

        JsonNode cleared = new ObjectMapper()
                .readTree(delete(devnet.relayUrl() + "/devnet/faults").body());
        assertThat(cleared.path("on")).isEmpty();
        assertThat(http.get("/v1/now").status()).isEqualTo(200);
    }

    @Test
    void oneFaultIsEnded() throws Exception {
        long lag = post("/faults", "{\"fault\":\"relay.behind\",\"lag\":\"1m\"}")
                .json()
                .path("id")
                .asLong();
        post("/faults", "{\"fault\":\"rpc.respond\",\"status\":503}");
        HttpResponse<String> ended = delete(devnet.relayUrl() + "/devnet/faults/" + lag);
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(http.get("/devnet/faults").json().path("on"))
                .extracting(fault -> fault.path("name").asText())
                .containsExactly("rpc: status 503 with HTML");
        HttpResponse<String> again = delete(devnet.relayUrl() + "/devnet/faults/" + lag);
        assertThat(again.statusCode()).isEqualTo(404);
        assertThat(again.body()).contains("no fault with the id " + lag + " is on");
    }

    @Test
    void everyFaultOfJavaIsThereByHttp() {
        Faults faults = devnet.faults();
        Map<String, Object> parts = Map.of(
                "rpc", faults.rpc(),
                "contract", faults.contract(),
                "relay", faults.relay(),
                "nodes", faults.nodes());
        Set<String> names = new HashSet<>();
        parts.forEach((part, object) -> Arrays.stream(object.getClass().getMethods())
                .filter(method -> method.getReturnType().equals(Fault.class))
                .forEach(method -> names.add(part + "." + method.getName())));
        assertThat(http.get("/devnet/faults").json().path("known"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rpc.down            | {}
                    rpc.respond         | {"status":503}
                    rpc.respondBody     | {"body":""}
                    rpc.slow            | {"delay":"10ms","during":"1m"}
                    rpc.emptyLogs       | {"times":2}
                    rpc.lateLogs        | {"blocks":2}
                    rpc.respondError    | {"method":"eth_call","code":-32000,"message":"no"}
                    rpc.laggingReplica  | {"blocks":2,"every":3}
                    rpc.neverAnswer     | {}
                    rpc.missingLogs     | {"every":2}
                    rpc.respondResult   | {"method":"eth_call","json":"null"}
                    rpc.wrongIds        | {}
                    relay.respondEndlessly | {}
                    rpc.cutWebSockets   | {"notifications":2}
                    rpc.silentWebSockets| {}
                    contract.outOfGas   | {"times":1}
                    relay.behind        | {"lag":"10s"}
                    relay.clockSkew     | {"seconds":-90}
                    relay.refuseTaskArgs| {"why":"no such model"}
                    nodes.cheat         | {"nodes":1}
                    nodes.disagree      | {}
                    nodes.pause         | {}
                    nodes.busy          | {}
                    nodes.fullQueue     | {"fee":"30000000000000000000"}
                    relay.lateResults   | {"delay":"2s"}
                    nodes.uploadLate    | {"delay":"2s"}
                    """)
    void everyFaultHasItsName(String name, String with) throws Exception {
        var body = (com.fasterxml.jackson.databind.node.ObjectNode) new ObjectMapper().readTree(with);
        RelayCalls.Answer answer = post("/faults", body.put("fault", name).toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(devnet.faults().on()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /faults       | {"fault":"rpc.up"}                     | unknown fault 'rpc.up'
                    /faults       | {"fault":"rpc.slow"}                   | 'delay' must be a string
                    /faults       | {"fault":"rpc.slow","delay":"soon"}    | is not a duration
                    /faults       | {"fault":"rpc.down","times":-1}        | 'times' must not be negative
                    /faults       | {"fault":"rpc.respond","status":99}    | from 200 to 599
                    /faults       | {"fault":"nodes.cheat","nodes":4}      | three nodes
                    /faults       | {"fault":"rpc.missingLogs","every":0}  | every must be at least 1
                    /faults       | {"fault":"nodes.fullQueue","fee":"0"}  | fee must be positive
                    /faults       | []                                     | must be a JSON object
                    /faults       | {"fault":                              | not JSON
                    /chain/reorg  | {"depth":100000}                       | Cannot revert 100000 blocks
                    /chain/reorg  | {"depth":1,"transactions":"eaten"}     | must be one of
                    /chain/fund   | {"address":"0x1","wei":"1"}            | must be an address
                    /chain/fund   | {"address":"0x3434343434343434343434343434343434343434","wei":"x"} | decimal number of wei
                    """)
    void nonsenseIsRefused(String path, String body, String message) {
        RelayCalls.Answer answer = post(path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).contains(message);
        assertThat(devnet.faults().on()).isEmpty();
    }

    @Test
    void webSocketsAreCutAtOnce() {
        try (WebSocketClient socket = new WebSocketClient(devnet.webSocketUrl())) {
            socket.call("eth_chainId");
            RelayCalls.Answer answer = post("/faults", "{\"fault\":\"rpc.cutWebSockets\"}");
            assertThat(answer.json().path("hits").asInt()).isEqualTo(1);
            assertThat(socket.closeCode()).isEqualTo(1006);
        }
    }

    @Test
    void theChainIsMoved() {
        post("/chain/pauseBlocks", "");
        JsonNode mined = post("/chain/mine", "{\"blocks\":3}").json();
        JsonNode reorganised = post("/chain/reorg", "{\"depth\":2,\"transactions\":\"mined_in_reverse\"}")
                .json();
        assertThat(reorganised.path("number").asLong())
                .isEqualTo(mined.path("number").asLong() + 1);
        post("/chain/advanceTime", "{\"time\":\"15m\"}");
        String poor = "0x" + "34".repeat(20);
        assertThat(post("/chain/fund", "{\"address\":\"" + poor + "\",\"wei\":\"7\"}")
                        .json()
                        .path("transaction")
                        .asText())
                .startsWith("0x");
        JsonNode later = post("/chain/mine", "{}").json();
        assertThat(later.path("timestamp").asLong())
                .isGreaterThanOrEqualTo(mined.path("timestamp").asLong() + 900);
        assertThat(new Creator(devnet, 0).rpc("eth_getBalance", poor, "latest").asText())
                .isEqualTo("0x7");
        assertThat(post("/chain/dropTransaction", "{\"hash\":\"0x" + "0".repeat(64) + "\"}")
                        .json()
                        .path("dropped")
                        .asBoolean())
                .isFalse();
        post("/chain/resumeBlocks", "");
    }

    @Test
    void aPageOfAStrangerCannotPost() {
        assertThat(http.post(
                                "/devnet/faults",
                                "text/plain",
                                "{\"fault\":\"rpc.down\"}".getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(415);
        assertThat(http.get("/devnet/nothing").status()).isEqualTo(404);
        assertThat(devnet.faults().on()).isEmpty();
    }
}
