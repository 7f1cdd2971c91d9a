// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.result.Png;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A task from its creation to its result, over HTTP and with real signatures. */
class TaskOnTheRelayTest {
    /** A modulus that no proof of these tests meets. */
    private static final int NEVER = Integer.MAX_VALUE;

    private final RelayTestNetwork test =
            new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(NEVER), 3);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anImageIsCreatedComputedValidatedAndDownloaded() throws IOException {
        Order order = client.image("a lighthouse");

        JsonNode created = client.create(order).data();
        assertThat(created.path("status").intValue()).isZero();
        assertThat(created.path("sampling_seed").textValue()).matches("0x[0-9a-f]{64}");
        assertThat(created.path("create_time").textValue()).isEqualTo("2026-11-30T00:00:00Z");
        assertThat(client.shownBalance()).isEqualTo("9999");

        network.advance(Duration.ofSeconds(2));
        assertThat(client.status(order)).isEqualTo(1);
        assertThat(client.validate(order).outcome()).isEqualTo("500 illegal task state");

        network.advance(Duration.ofMillis(300));
        JsonNode ready = client.get(order).data();
        assertThat(ready.path("status").intValue()).isEqualTo(4);
        assertThat(ready.path("score").textValue()).matches("0x[0-9a-f]{16}");
        assertThat(client.result(order, "0").outcome()).isEqualTo("400 task_id: Task results not uploaded");

        assertThat(client.validate(order).outcome()).isEqualTo("200");
        assertThat(client.status(order)).isEqualTo(5);
        assertThat(client.validate(order).outcome()).isEqualTo("500 illegal task state");

        network.advance(Duration.ofMillis(200));
        assertThat(client.status(order)).isEqualTo(8);
        assertThat(Png.decode(client.result(order, "0").bytes()).getWidth()).isEqualTo(64);
        assertThat(client.result(order, "1").outcome()).isEqualTo("400 index: File not found");
        assertThat(client.shownBalance()).isEqualTo("9999");
        assertThat(network.balance(created(order))).isEqualTo(RelayTestNetwork.CNX);
    }

    /** The node that did the task, which got its fee. */
    private String created(Order order) {
        return network.task(order.commitment()).orElseThrow().work().node();
    }

    @Test
    void theScoreOfATextIsTheHashOfItsFile() throws Exception {
        Order order = client.text("Who are you?");
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        client.validate(order);
        network.advance(Duration.ofSeconds(1));

        byte[] file = client.result(order, "0").bytes();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(file);
        assertThat(client.get(order).data().path("score").textValue())
                .isEqualTo("0x" + HexFormat.of().formatHex(hash));
    }

    @Test
    void aQueuedTaskIsCancelledAndRefunded() {
        Order order = client.image("a lighthouse");
        client.create(order);

        assertThat(client.cancel(order).outcome()).isEqualTo("200");

        JsonNode task = client.get(order).data();
        assertThat(task.path("status").intValue()).isEqualTo(9);
        assertThat(task.path("abort_reason").intValue()).isEqualTo(7);
        assertThat(client.shownBalance()).isEqualTo("10000");
        assertThat(client.cancel(order).outcome()).isEqualTo("400 task_id_commitment: Task can no longer be cancelled");
    }

    @Test
    void fineTuningHasImagesAndACheckpoint() throws IOException {
        Order order = client.fineTuning(600);
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        client.validate(order);
        network.advance(Duration.ofSeconds(1));

        assertThat(client.status(order)).isEqualTo(8);
        assertThat(Png.decode(client.result(order, "0").bytes()).getWidth()).isEqualTo(64);
        assertThat(client.result(order, "checkpoint").bytes()).startsWith('P', 'K');
    }

    @Test
    void movementsAreInTheListOnceTheyAreBooked() {
        String token = client.login();
        Order order = client.image("a lighthouse");
        client.create(order);
        client.cancel(order);
        assertThat(client.ledger(token).path("total").intValue()).isZero();

        network.advance(Duration.ofSeconds(2));

        JsonNode ledger = client.ledger(token);
        assertThat(ledger.path("total").intValue()).isEqualTo(2);
        assertThat(ledger.at("/records/0/reason").textValue()).isEqualTo("5-" + order.commitment());
        assertThat(ledger.at("/records/1/reason").textValue()).isEqualTo("4-" + order.commitment());
    }
}
