// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.RelayClient;
import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.RelayNetwork;
import io.crynux.devnet.relaynet.TestCreator;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A devnet of the network of today, by its Java API and its control API. */
class TodaysNetworkTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NEVER = Integer.MAX_VALUE;

    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .protocol(Protocol.RELAY)
            .network(RelayNetworkSettings.defaults().withSamplingModulus(NEVER).withTick(Duration.ofMillis(50)))
            .workTime(Duration.ofMillis(10))
            .start();

    private final HttpClient http = HttpClient.newHttpClient();
    private final RelayNetwork network = devnet.network();
    private final RelayClient client =
            new RelayClient(network, new TestCreator(devnet.account(0).privateKey()));

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(devnet.relayUrl() + "/devnet" + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode control(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private void awaitStatus(Order order, int status) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> client.status(order) == status);
    }

    @Test
    void aTaskOfAFundedAccountSucceedsInRealTime() {
        Order order = client.text("Who are you?");
        assertThat(client.create(order).outcome()).isEqualTo("200");
        awaitStatus(order, 4);
        assertThat(client.validate(order).outcome()).isEqualTo("200");
        awaitStatus(order, 8);
        assertThat(client.result(order, "0")
                        .json()
                        .at("/choices/0/message/role")
                        .textValue())
                .isEqualTo("assistant");
    }

    @Test
    void thereIsNoChain() {
        assertThatThrownBy(devnet::rpcUrl)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("network()");
    }

    @Test
    void faultsAreSwitchedOnOverHttpForOneCall() throws IOException, InterruptedException {
        control("/faults", "{\"fault\":\"relay.respond\",\"call\":\"get\",\"status\":503,\"times\":1}");
        Order order = client.image("a lighthouse");

        assertThat(client.create(order).outcome()).isEqualTo("200");
        assertThat(client.get(order).status()).isEqualTo(503);
        assertThat(client.get(order).status()).isEqualTo(200);
    }

    @Test
    void anUnknownCallIsRefused() throws IOException, InterruptedException {
        HttpResponse<String> response = post("/faults", "{\"fault\":\"relay.down\",\"call\":\"delete\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("'call' must be one of");
    }

    @Test
    void theClockIsAdvancedOverHttp() throws IOException, InterruptedException {
        Instant before = network.now();
        JsonNode answer = control("/network/advance", "{\"time\":\"10m\"}");
        assertThat(Instant.parse(answer.path("now").textValue())).isAfterOrEqualTo(before.plusSeconds(600));
    }

    @Test
    void aBackUpIsRestoredOverHttp() throws IOException, InterruptedException {
        network.faults().nodes().pause();
        String backup = control("/network/backup", "{}").path("backup").textValue();
        Order order = client.image("a lighthouse");
        client.create(order);

        control("/network/restore", "{\"backup\":\"" + backup + "\"}");

        assertThat(client.get(order).outcome()).isEqualTo("400 task_id_commitment: Task not found");
    }

    @Test
    void depositsWhitelistAndTasksOverHttp() throws IOException, InterruptedException {
        network.faults().nodes().pause();
        String address = devnet.account(1).address();
        String before = network.balance(address).toString();
        JsonNode funded = control("/network/deposit", "{\"address\":\"" + address + "\",\"wei\":\"5\"}");
        assertThat(funded.path("balance").textValue())
                .isEqualTo(new BigInteger(before).add(BigInteger.valueOf(5)).toString());

        control("/network/whitelist", "{\"on\":true}");
        Order order = client.image("a lighthouse");
        assertThat(client.create(order).outcome()).isEqualTo("400 address: Signer not allowed");
        control("/network/whitelist", "{\"address\":\"" + client.address() + "\",\"on\":true}");
        assertThat(client.create(order).outcome()).isEqualTo("200");
        control("/network/whitelist", "{\"on\":false}");

        HttpResponse<String> tasks = http.send(
                HttpRequest.newBuilder(URI.create(devnet.relayUrl() + "/devnet/network/tasks"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(JSON.readTree(tasks.body()).path("tasks").findValuesAsText("commitment"))
                .contains(order.commitment());
    }

    @Test
    void theClassicNetworkHasNoNetworkOfToday() {
        try (CrynuxDevnet classic = CrynuxDevnet.builder().start()) {
            assertThatThrownBy(classic::network).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aFixedClockMovesOnlyWhenItIsAdvanced() {
        Instant start = Instant.parse("2026-11-30T00:00:00Z");
        try (CrynuxDevnet still = CrynuxDevnet.builder()
                .protocol(Protocol.RELAY)
                .clock(Clock.fixed(start, ZoneOffset.UTC))
                .start()) {
            assertThat(still.network().now()).isEqualTo(start);
            still.network().advance(Duration.ofHours(6));
            assertThat(still.network().now()).isEqualTo(start.plusSeconds(6 * 3600));
        }
    }
}
