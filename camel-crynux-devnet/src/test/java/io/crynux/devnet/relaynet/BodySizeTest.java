// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Large parameters against the Relay's limit, and that of its database [48, 55, 55b]. */
class BodySizeTest {
    private static final String TOO_LARGE = "400 : http: request body too large";

    @Test
    void aBodyOverTheLimitIsRefusedAndTheAnswerArrives() {
        try (var test = new RelayTestNetwork(RelayNetworkSettings.defaults().withMaxBodyBytes(1024 * 1024), 0)) {
            RelayClient client = test.client(1);
            assertThat(client.create(client.text("x".repeat(900_000))).outcome())
                    .isEqualTo("200");
            assertThat(client.create(client.text("x".repeat(1_049_000))).outcome())
                    .isEqualTo(TOO_LARGE);
            assertThat(client.create(client.text("x".repeat(3_000_000))).outcome())
                    .isEqualTo(TOO_LARGE);
        }
    }

    @Test
    void theDatabaseTakesSixteenMegabytes() {
        try (var test = new RelayTestNetwork(RelayNetworkSettings.defaults(), 0)) {
            RelayClient client = test.client(1);
            assertThat(client.create(client.text("x".repeat(8_000_000))).outcome())
                    .isEqualTo("200");
            assertThat(client.create(client.text("x".repeat(20_000_000))).outcome())
                    .startsWith("500 Error 1105 (HY000)");
            assertThat(client.shownBalance()).isEqualTo("9995");
        }
    }

    @Test
    void eachReadingReturnsTheWholePrompt() {
        try (var test =
                new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(Integer.MAX_VALUE), 3)) {
            RelayClient client = test.client(1);
            Order order = client.text("x".repeat(3_000_000));
            client.create(order);
            test.network().advance(Duration.ofSeconds(3));
            assertThat(client.get(order).bytes()).hasSizeGreaterThan(3_000_000);
            client.validate(order);
            test.network().advance(Duration.ofSeconds(1));
            assertThat(client.status(order)).isEqualTo(8);
        }
    }
}
