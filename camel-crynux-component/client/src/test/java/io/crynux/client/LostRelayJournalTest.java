// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.task.TaskResult;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wallet alone is enough to save its tasks: a client without their journal finds, validates and finishes them. */
class LostRelayJournalTest extends RelayNetworkTestSupport {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void openTasksAreValidated(boolean isSampled) throws Exception {
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)), 9);
        sampled.add(isSampled);
        relay.faults().nodes().slow(Duration.ofSeconds(3));
        try (CrynuxClient first = open()) {
            for (int i = 0; i < 3; i++) {
                first.submit(image().build());
            }
            await().atMost(SOON).until(() -> relay.tasks().size() == (isSampled ? 5 : 3));
        }
        relay.book(Duration.ZERO);

        CrynuxClient second = open();
        second.connect().get();

        await().atMost(SOON).untilAsserted(() -> assertThat(statuses()).allMatch(TaskStatus::isEnd));
        assertThat(statuses().stream().filter(TaskStatus::hasResults)).hasSize(3);
        assertThat(spent()).isEqualTo(FEE.multiply(BigInteger.valueOf(3)));
    }

    @Test
    void aSecondProgramWithTheWalletHarmsNoTaskOfTheFirst() throws Exception {
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)), 9);
        sampled.add(true);
        relay.faults().nodes().slow(Duration.ofSeconds(2));
        CrynuxClient first = open();
        List<CompletableFuture<TaskResult>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            results.add(first.submit(image().build()));
        }
        await().atMost(SOON).until(() -> relay.tasks().size() == 5);
        relay.book(Duration.ZERO);

        CrynuxClient second = open();
        second.connect().get();

        for (CompletableFuture<TaskResult> result : results) {
            assertThat(get(result).images()).hasSize(1);
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(spent()).isEqualTo(FEE.multiply(BigInteger.valueOf(3))));
        assertThat(relay.tasks()).hasSize(5);
    }

    @Test
    void tasksThatHaveEndedAreLeftAlone() throws Exception {
        start();
        try (CrynuxClient first = open()) {
            get(first.submit(image().build()));
        }
        relay.book(Duration.ZERO);
        CrynuxClient second = open();
        second.connect().get();

        get(second.submit(text().build()));

        assertThat(relay.tasks()).hasSize(2);
        assertThat(second.status().load().inFlight()).isZero();
    }
}
