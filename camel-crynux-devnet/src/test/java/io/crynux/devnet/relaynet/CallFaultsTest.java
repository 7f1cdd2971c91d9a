// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults of single calls, and of the Relay behind them. */
class CallFaultsTest {
    private final RelayTestNetwork test =
            new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(Integer.MAX_VALUE), 3);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);
    private final Order order = client.image("a lighthouse");

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aLostAnswerIsThatOfATaskThatIsThereAndPaid() {
        Fault fault = network.faults().on(RelayCall.CREATE).loseAnswer().times(1);

        assertThatThrownBy(() -> client.create(order)).isInstanceOf(UncheckedIOException.class);

        assertThat(fault.hits()).isEqualTo(1);
        assertThat(client.status(order)).isZero();
        assertThat(client.shownBalance()).isEqualTo("9999");
        assertThat(client.create(order).outcome()).isEqualTo("400 task_id_commitment: Task already uploaded");
    }

    @Test
    void aRelayThatIsDownHasDoneNothing() {
        network.faults().on(RelayCall.CREATE).down().times(1);

        assertThatThrownBy(() -> client.create(order)).isInstanceOf(UncheckedIOException.class);

        assertThat(client.get(order).outcome()).isEqualTo("400 task_id_commitment: Task not found");
        assertThat(client.create(order).outcome()).isEqualTo("200");
    }

    @Test
    void aLateAnswerIsOfWhatWasDoneAtOnce() {
        network.faults().on(RelayCall.CREATE).lateAnswer(Duration.ofMillis(50)).times(1);
        assertThat(client.create(order).outcome()).isEqualTo("200");
        assertThat(client.status(order)).isZero();
    }

    @Test
    void aFaultOfOneCallLeavesTheOthersAlone() {
        network.faults().on(RelayCall.VALIDATE).respond(502);
        assertThat(client.create(order).outcome()).isEqualTo("200");
        network.advance(Duration.ofSeconds(3));
        assertThat(client.validate(order).status()).isEqualTo(502);
        assertThat(client.status(order)).isEqualTo(4);
        network.faults().clear();
        assertThat(client.validate(order).outcome()).isEqualTo("200");
    }

    @Test
    void withoutADatabaseNothingIsDoneAndClockAndBalanceGoOn() {
        client.create(order);
        Fault fault = network.faults().databaseAway();

        String error = "500 dial tcp 127.0.0.1:3306: connect: connection refused";
        assertThat(client.get(order).outcome()).isEqualTo(error);
        assertThat(client.create(client.image("another")).outcome()).isEqualTo(error);
        assertThat(client.cancel(order).outcome()).isEqualTo(error);
        assertThat(client.plainGet("/v1/events").outcome()).isEqualTo(error);
        assertThat(client.plainGet("/v1/now").outcome()).isEqualTo("200");
        assertThat(client.shownBalance()).isEqualTo("9999");
        network.advance(Duration.ofMinutes(1));

        fault.end();
        assertThat(client.status(order)).isZero();
        network.advance(Duration.ofSeconds(5));
        assertThat(client.status(order)).isEqualTo(4);
    }

    @Test
    void aNodeThatFindsNoDatabaseTriesAgain() {
        client.create(order);
        network.advance(Duration.ofSeconds(2));
        Fault fault = network.faults().databaseAway();
        network.advance(Duration.ofSeconds(10));
        fault.end();
        assertThat(client.status(order)).isEqualTo(1);
        network.advance(Duration.ofSeconds(1));
        assertThat(client.status(order)).isEqualTo(4);
    }

    @Test
    void nobodyOnTheWhitelistCanCreateNotEvenAgain() {
        client.create(order);
        network.faults().withdrawWhitelist();
        assertThat(client.create(order).outcome()).isEqualTo("400 address: Signer not allowed");
        assertThat(client.cancel(order).outcome()).isEqualTo("200");
    }

    @Test
    void aWrongClockRefusesSignatures() {
        network.faults().clockSkew(Duration.ofMinutes(5));
        assertThat(client.create(order).outcome()).isEqualTo("400 signature: Invalid signature");
        assertThat(client.plainGet("/v1/now").data().path("now").longValue())
                .isEqualTo(network.now().getEpochSecond() + 300);
    }
}
