// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.protocol.relay.api.CallName;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests are those that a real Relay accepted, letter by letter, with their signatures. */
class RecordedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<CallName> SIGNED = Set.of(
            CallName.CREATE,
            CallName.GET,
            CallName.CANCEL,
            CallName.VALIDATE,
            CallName.RESULT,
            CallName.CHECKPOINT,
            CallName.BALANCE);

    private static ReplayServer server;
    private static ReplayClient client;

    @BeforeAll
    static void start() {
        server = new ReplayServer();
        client = new ReplayClient(server.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    /** Recordings whose requests are all as they should be; others contain wrong ones on purpose. */
    static Stream<String> recordings() throws IOException {
        return RecordedRelay.names().filter(name -> name.matches("([0123]|59|6|7[4-8]).*"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eachSignedRequestIsTheRecordedOne(String name) {
        RecordedRelay recording = RecordedRelay.of(name);
        int compared = 0;
        for (Exchange exchange : recording.exchanges()) {
            boolean signed = exchange.call().filter(SIGNED::contains).isPresent()
                    && exchange.signed().has("fields");
            String role = exchange.signed().path("by").asText();
            if (signed && recording.keys().containsKey(role) && isRegular(exchange)) {
                compare(client.api(recording.key(role)), exchange);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(name.startsWith("61c") ? -1 : 2);
    }

    /** The node's own reading of a task is not the client's. */
    private static boolean isRegular(Exchange exchange) {
        boolean aborts = exchange.call().get() == CallName.CANCEL
                && exchange.signed().path("fields").path("abort_reason").asInt() != 7;
        boolean otherFiles = exchange.path().matches(".*/results/(?!checkpoint$|[0-9]+$).*");
        boolean otherFee = exchange.call().get() == CallName.CREATE
                && !exchange.signed().path("fields").path("task_fee").asText().matches("[1-9][0-9]*");
        boolean bodyKept = !exchange.request().path("body").has("multipart")
                && !exchange.request().path("body").path("form").isTextual();
        return !aborts && !otherFiles && !otherFee && bodyKept;
    }

    private static void compare(RelayApi api, Exchange exchange) {
        long seconds = exchange.signed().path("timestamp").asLong();
        client.setTime(Instant.ofEpochSecond(seconds));
        server.play(exchange, seconds);
        ReplayClient.get(
                RecordedCalls.make(api, exchange.call().get(), exchange).thenApply(answer -> answer));
        ReplayServer.Received received = server.received();

        assertThat(received.method()).isEqualTo(exchange.method());
        assertThat(received.path()).isEqualTo(exchange.path());
        assertThat(query(received.query()))
                .as(exchange.toString())
                .isEqualTo(query(exchange.request().path("query")));
        JsonNode body = exchange.request().path("body");
        if (body.has("form")) {
            assertThat(pairs(received.body()))
                    .as(exchange.toString())
                    .containsExactlyInAnyOrderElementsOf(pairs(body.path("form")));
            assertThat(received.contentType()).isEqualTo("application/x-www-form-urlencoded");
        } else if (body.has("json")) {
            assertThat(json(received.body())).as(exchange.toString()).isEqualTo(body.path("json"));
            assertThat(received.contentType()).isEqualTo("application/json");
        }
    }

    private static Set<String> query(String query) {
        return query == null ? Set.of() : new TreeSet<>(pairs(query));
    }

    private static Set<String> query(JsonNode query) {
        Set<String> pairs = new TreeSet<>();
        query.properties()
                .forEach(pair -> pairs.add(pair.getKey() + "=" + pair.getValue().asText()));
        return pairs;
    }

    private static List<String> pairs(String form) {
        return Arrays.stream(form.split("&"))
                .map(pair -> URLDecoder.decode(pair, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> pairs(JsonNode form) {
        List<String> pairs = new ArrayList<>();
        form.forEach(
                pair -> pairs.add(pair.path(0).asText() + "=" + pair.path(1).asText()));
        return pairs;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
