// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.NetworkException;
import io.crynux.client.task.TaskResult;
import io.crynux.client.wallet.Signature;
import io.crynux.client.wallet.Signer;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.testing.LoggedMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** What a client of today's network does without settings, and what it says of wrong ones. */
class RelayDefaultsTest extends RelayNetworkTestSupport {

    @Test
    void aHundredTasksAreInFlight() throws Exception {
        start();
        relay.faults().nodes().pause();
        CrynuxClient client = open();
        List<CompletableFuture<TaskResult>> results = new ArrayList<>();
        for (int i = 0; i < 105; i++) {
            results.add(client.submit(image().build()));
        }

        await().atMost(SOON).until(() -> relay.tasks().size() == 100);
        assertThat(client.status().load().waiting()).isEqualTo(5);
        assertThat(results).noneMatch(CompletableFuture::isDone);
    }

    @Test
    void aClientThatStopsSaysWhatIsLostUnlessAnotherOneRunsInTime() throws Exception {
        start();
        relay.faults().nodes().pause();
        try (LoggedMessages logged = new LoggedMessages("io.crynux")) {
            try (CrynuxClient client = open()) {
                client.submit(image().build());
                client.submit(text().build());
                await().atMost(SOON).until(() -> relay.tasks().size() == 2);
            }

            assertThat(logged.ofThreads(""))
                    .filteredOn(message -> message.contains("are not validated"))
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("2 tasks", "10 CNX", "10 minutes");
        }
    }

    @Test
    void theBalanceIsThatOfTheRelayAccount() throws Exception {
        start();

        assertThat(open().balance().get()).isEqualTo(FUNDS);
    }

    @Test
    void aSignerThatIsNoProverIsRefused() {
        Signer kms = new Signer() {
            @Override
            public String address() {
                return wallet.address();
            }

            @Override
            public CompletionStage<Signature> sign(byte[] hash) {
                return wallet.sign(hash);
            }
        };
        CrynuxClientBuilder builder = CrynuxClient.builder()
                .network(RelayNetwork.builder().relayUrl("http://127.0.0.1:1").build())
                .signer(kms);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("VrfProver");
        assertThatThrownBy(builder.signer(null)::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signer is missing");
    }

    @Test
    void aRelayOfTheClassicNetworkIsNamed() throws Exception {
        try (CrynuxDevnet classic = CrynuxDevnet.builder().start()) {
            CrynuxClient client = open(CrynuxClient.builder()
                    .network(RelayNetwork.builder().relayUrl(classic.relayUrl()).build())
                    .signer(wallet));

            assertThat(failure(client.connect()))
                    .isInstanceOf(NetworkException.class)
                    .hasMessageContaining("relayUrl")
                    .hasMessageContaining("protocol=chain");
        }
    }

    @Test
    void aRelayThatIsAwayIsNamed() throws Exception {
        CrynuxClient client = open(CrynuxClient.builder()
                .network(RelayNetwork.builder().relayUrl("http://127.0.0.1:1").build())
                .signer(wallet));

        assertThat(failure(client.connect()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("relayUrl");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        RelayNetwork.Builder network = RelayNetwork.builder();

        assertThatThrownBy(network::build).hasMessage("relayUrl is missing");
        assertThatThrownBy(() -> network.relayUrl("relay.example.org")).hasMessageContaining("relayUrl");
        assertThatThrownBy(() -> network.requestsPerSecond(-1)).hasMessageContaining("requestsPerSecond is -1");
        assertThatThrownBy(() -> network.requestsPerSecond(Double.NaN))
                .hasMessageContaining("requestsPerSecond is NaN");
        assertThatThrownBy(() -> network.validationTimeout(Duration.ZERO))
                .hasMessageContaining("validationTimeout is 0 ms");
        assertThatThrownBy(() -> network.eventPollInterval(Duration.ZERO))
                .hasMessageContaining("eventPollInterval is 0 ms");
    }
}
