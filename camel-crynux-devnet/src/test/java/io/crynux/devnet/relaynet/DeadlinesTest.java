// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.relaynet.RelayClient.Order;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.RelayTask;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deadlines of relay.md, section 5.4, hours of them in a moment. */
class DeadlinesTest {
    private static final Duration TICK = Duration.ofSeconds(2);

    private final RelayTestNetwork test =
            new RelayTestNetwork(RelayNetworkSettings.defaults().withSamplingModulus(Integer.MAX_VALUE), 3);
    private final RelayNetwork network = test.network();
    private final RelayClient client = test.client(1);

    @AfterEach
    void close() {
        test.close();
    }

    private String end(Order order) {
        RelayTask task = network.task(order.commitment()).orElseThrow();
        return task.status().code() + "/" + task.abortReason().code();
    }

    /** Just before the time the task is as it was; a tick later it has ended. */
    private void endsAfter(Order order, Duration time, String end) {
        String before = end(order);
        network.advance(time.minus(TICK));
        assertThat(end(order)).isEqualTo(before);
        assertThat(network.deadline(order.commitment())).isPresent();
        network.advance(TICK.multipliedBy(2));
        assertThat(end(order)).isEqualTo(end);
        assertThat(network.deadline(order.commitment())).isEmpty();
    }

    @Test
    void aQueuedTaskEndsAfterSixHoursAndIsRefunded() {
        Order order = client.image("a lighthouse").with("min_vram", 200);
        client.create(order);
        endsAfter(order, Duration.ofHours(6), "9/1");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }

    @Test
    void aQueuedFineTuningTaskEndsThreeMinutesAfterItsTimeout() {
        Order order = client.fineTuning(600).with("min_vram", 200);
        client.create(order);
        endsAfter(order, Duration.ofMinutes(13), "9/1");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }

    @Test
    void aSilentNodeIsGivenUpAndTheFeeRefunded() {
        network.faults().nodes().hang();
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(TICK);
        long timeout = client.get(order).data().path("timeout").longValue();
        assertThat(timeout).isGreaterThanOrEqualTo(60);
        endsAfter(order, Duration.ofSeconds(timeout), "9/1");
        assertThat(client.shownBalance()).isEqualTo("10000");
        assertThat(network.nodes()).allMatch(node -> node.task().isEmpty());
    }

    @Test
    void aTaskThatIsNotValidatedIsPaidToItsNode() {
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(Duration.ofMillis(2_300));
        assertThat(end(order)).isEqualTo("4/0");
        endsAfter(order, Duration.ofMinutes(10), "9/8");
        assertThat(client.shownBalance()).isEqualTo("9999");
    }

    @Test
    void anErrorThatIsNotValidatedIsPaidAsWell() {
        network.faults().nodes().error();
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(Duration.ofMillis(2_300));
        assertThat(end(order)).isEqualTo("3/0");
        endsAfter(order, Duration.ofMinutes(10), "9/8");
        assertThat(client.shownBalance()).isEqualTo("9999");
    }

    @Test
    void aValidatedErrorIsRefundedAtOnce() {
        network.faults().nodes().error();
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        client.validate(order);
        assertThat(end(order)).isEqualTo("9/6");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }

    @Test
    void aNodeThatDoesNotUploadIsGivenUpAndTheFeeRefunded() {
        network.faults().nodes().neverUpload();
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        client.validate(order);
        endsAfter(order, Duration.ofMinutes(10), "9/9");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }

    @Test
    void fineTuningThatIsNotValidatedIsRefunded() {
        Order order = client.fineTuning(600);
        client.create(order);
        network.advance(Duration.ofSeconds(3));
        assertThat(end(order)).isEqualTo("4/0");
        endsAfter(order, Duration.ofSeconds(599), "9/1");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }

    @Test
    void aSlashedNodesTaskIsRefunded() {
        network.faults().nodes().hang();
        Order order = client.image("a lighthouse");
        client.create(order);
        network.advance(TICK);
        network.slash(network.task(order.commitment()).orElseThrow().work().node());
        assertThat(end(order)).isEqualTo("9/10");
        assertThat(client.shownBalance()).isEqualTo("10000");
    }
}
