// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static io.crynux.devnet.relaynet.task.TaskStatus.END_ABORTED;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_GROUP_REFUND;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_GROUP_SUCCESS;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_INVALIDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request in a hundred is computed by three nodes, whose results are compared. */
class SampledRequestsTest extends RelayNetworkTestSupport {

    private static TaskRequest request(String kind) {
        return (kind.equals("sd") ? image() : text()).build();
    }

    private void awaitEnds(TaskStatus... wanted) {
        await().atMost(SOON).untilAsserted(() -> assertThat(statuses()).containsExactlyInAnyOrder(wanted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd", "gpt"})
    void threeEqualResultsCostOneFee(String kind) throws Exception {
        start();
        sampled.add(true);
        CrynuxClient client = open();

        TaskResult result = get(client.submit(request(kind)));

        assertThat(result.files()).isNotEmpty();
        awaitEnds(END_GROUP_SUCCESS, END_GROUP_REFUND, END_GROUP_REFUND);
        assertThat(spent()).isEqualTo(FEE);
        assertThat(result.taskId())
                .as("the first one's")
                .isEqualTo(relay.tasks().get(0).commitment());
    }

    @Test
    void oneOtherResultCostsTwoFees() throws Exception {
        workshop = new Workshop();
        start();
        sampled.add(true);
        relay.faults().nodes().cheat().times(1);
        CrynuxClient client = open();

        TaskResult result = get(client.submit(request("sd")));

        assertThat(result.images()).hasSize(1);
        awaitEnds(END_GROUP_SUCCESS, END_GROUP_REFUND, END_INVALIDATED);
        assertThat(spent()).isEqualTo(FEE.multiply(BigInteger.TWO));
    }

    @Test
    void threeDifferentResultsAreRefunded() throws Exception {
        workshop = new Workshop();
        start();
        sampled.add(true);
        relay.faults().nodes().cheat();
        CrynuxClient client = open();

        Throwable error = failure(client.submit(request("sd")));

        assertThat(error)
                .isInstanceOf(TaskAbortedException.class)
                .hasMessageContaining("15 CNX were charged and refunded");
        awaitEnds(END_ABORTED, END_ABORTED, END_ABORTED);
        assertThat(spent()).isZero();
    }

    @Test
    void threeErrorsAreRescuedAndCostNothing() throws Exception {
        start();
        sampled.add(true);
        relay.faults().nodes().error();
        CrynuxClient client = open();

        Throwable error = failure(client.submit(request("sd")));

        assertThat(error).isInstanceOf(TaskAbortedException.class).hasMessageContaining("parameters");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(statuses()).hasSize(5).containsOnly(END_ABORTED));
        assertThat(spent()).isZero();
    }

    @Test
    void aMemberThatNoNodeTakesIsCancelledInTime() throws Exception {
        start(
                RelayNetworkSettings.defaults()
                        .withTick(Duration.ofMillis(50))
                        .withValidationTimeout(Duration.ofSeconds(12)),
                2);
        sampled.add(true);
        CrynuxClient client = open(builder()
                .network(network().validationTimeout(Duration.ofSeconds(12)).build()));

        TaskResult result = get(client.submit(request("sd")));

        assertThat(result.images()).hasSize(1);
        awaitEnds(END_GROUP_SUCCESS, END_GROUP_REFUND, END_ABORTED);
        assertThat(spent()).isEqualTo(FEE);
    }

    @Test
    void aRelayThatSamplesOtherTasksIsBelieved() throws Exception {
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)).withSamplingModulus(1), 4);
        CrynuxClient client = open();

        TaskResult result = get(client.submit(request("sd")));

        assertThat(result.images()).hasSize(1);
        assertThat(relay.tasks()).hasSize(3);
        assertThat(spent()).isEqualTo(FEE);
    }
}
