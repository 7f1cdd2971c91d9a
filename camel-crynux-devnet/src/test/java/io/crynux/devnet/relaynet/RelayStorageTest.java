// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.engine.RelayOperations.Backup;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a restart, an older database and a purge leave of tasks and money. */
class RelayStorageTest {
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
    void afterARestartTheBalanceLacksWhatWasNotBookedUntilTheNextOne() {
        client.create(order);
        assertThat(client.shownBalance()).isEqualTo("9999");
        network.restart();
        assertThat(client.shownBalance()).isEqualTo("10000");
        network.advance(Duration.ofSeconds(2));
        assertThat(client.shownBalance()).isEqualTo("10000");
        network.restart();
        assertThat(client.shownBalance()).isEqualTo("9999");
    }

    @Test
    void aRestoredDatabaseKnowsNothingOfLaterTasks() {
        Backup backup = network.backup();
        client.create(order);
        network.restore(backup);

        assertThat(client.get(order).outcome()).isEqualTo("400 task_id_commitment: Task not found");
        assertThat(client.shownBalance()).isEqualTo("10000");
        assertThat(client.create(order).outcome()).isEqualTo("200");
    }

    @Test
    void aTaskThatHasEndedSinceTheBackUpEndsAgain() {
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        Backup backup = network.backup();
        client.validate(order);
        network.advance(Duration.ofSeconds(1));
        assertThat(client.status(order)).isEqualTo(8);

        network.restore(backup);
        assertThat(client.status(order)).isEqualTo(4);
        assertThat(client.validate(order).outcome()).isEqualTo("200");
        network.advance(Duration.ofSeconds(1));
        assertThat(client.status(order)).isEqualTo(8);
        assertThat(client.result(order, "0").status()).isEqualTo(200);
    }

    @Test
    void aTaskThatRanAtTheBackUpIsComputedAgain() {
        client.create(order);
        network.advance(Duration.ofSeconds(2));
        Backup backup = network.backup();
        network.advance(Duration.ofSeconds(1));
        network.restore(backup);
        assertThat(client.status(order)).isEqualTo(1);
        network.advance(Duration.ofSeconds(1));
        assertThat(client.status(order)).isEqualTo(4);
    }

    @Test
    void thePurgedTaskIsGoneAndItsCommitmentSpent() {
        String token = client.login();
        client.create(order);
        client.cancel(order);
        network.advance(Duration.ofSeconds(2));
        network.age(Set.of(order.commitment()), Duration.ofDays(2));

        network.purge(Duration.ofDays(1));

        assertThat(client.get(order).outcome()).isEqualTo("400 task_id_commitment: Task not found");
        assertThat(client.create(order).outcome()).isEqualTo("500 duplicated key not allowed");
        assertThat(client.shownBalance()).isEqualTo("10000");
        assertThat(client.ledger(token).path("total").intValue()).isEqualTo(2);
        assertThat(client.plainGet("/v1/events?task_id_commitment=" + order.commitment())
                        .data())
                .isEmpty();
    }

    @Test
    void aTaskThatHasNotEndedIsNotPurged() {
        network.faults().nodes().pause();
        client.create(order);
        network.age(Set.of(order.commitment()), Duration.ofDays(2));
        network.purge(Duration.ofDays(1));
        assertThat(client.status(order)).isZero();
    }

    @Test
    void aRelayWithARetentionPurgesByItself() {
        try (var other = new RelayTestNetwork(RelayNetworkSettings.defaults().withRetention(Duration.ofDays(1)), 0)) {
            RelayClient creator = other.client(2);
            Order cancelled = creator.image("a lighthouse");
            creator.create(cancelled);
            creator.cancel(cancelled);
            other.network().advance(Duration.ofHours(26));
            assertThat(creator.get(cancelled).outcome()).isEqualTo("400 task_id_commitment: Task not found");
        }
    }
}
