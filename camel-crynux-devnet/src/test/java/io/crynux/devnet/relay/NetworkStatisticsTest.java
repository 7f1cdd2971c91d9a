// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static io.crynux.devnet.fake.TaskLogs.aborted;
import static io.crynux.devnet.fake.TaskLogs.nodeSuccess;
import static io.crynux.devnet.fake.TaskLogs.pending;
import static io.crynux.devnet.fake.TaskLogs.resultUploaded;
import static io.crynux.devnet.fake.TaskLogs.started;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.fake.Signer;
import io.crynux.devnet.fake.TestRelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NetworkStatisticsTest {
    private final TestRelay relay =
            new TestRelay(Duration.ZERO, 1024, Clock.fixed(Instant.ofEpochSecond(1_717_000_000), ZoneOffset.UTC));
    private final String creator = Signer.number(1).address();
    private final String node = TestRelay.NODES.get(0).address();

    @AfterEach
    void close() {
        relay.close();
    }

    private JsonNode data(String path) {
        JsonNode json = relay.calls().get(path).json();
        assertThat(json.path("message").asText()).isEqualTo("success");
        return json.path("data");
    }

    @Test
    void theClockCanBeRead() {
        assertThat(data("/v1/now").path("now").asLong()).isEqualTo(1_717_000_000);
    }

    @Test
    void tasksAreCountedByWhereTheyStand() {
        relay.block(pending(1, 0, creator, ""), started(1, 0, creator, node, "", 0));
        relay.block(pending(2, 0, creator, ""), pending(3, 0, creator, ""), pending(4, 0, creator, ""));
        relay.block(aborted(4, "Task Cancelled"));

        assertTasks(4, 1, 2);

        relay.block(resultUploaded(1));
        assertTasks(4, 0, 2);
    }

    @Test
    void nodesAreBusyFromTheirChoiceToTheirRelease() {
        assertNodes(0);
        relay.block(pending(1, 0, creator, ""), started(1, 0, creator, node, "", 0));
        assertNodes(1);
        relay.block(nodeSuccess(1, node));
        assertNodes(0);
    }

    @Test
    void aReorgIsCountedBack() {
        relay.block();
        relay.block(pending(1, 0, creator, ""), started(1, 0, creator, node, "", 0));
        relay.reorg(1);

        assertTasks(0, 0, 0);
        assertNodes(0);
    }

    @Test
    void nodesAreListedInPages() {
        JsonNode rows = data("/v1/network/nodes/data?start=1&total=10");

        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).path("address").asText())
                .isEqualTo(TestRelay.NODES.get(2).address());
        assertThat(rows.get(1).path("card_model").asText()).isEqualTo("NVIDIA GeForce RTX 3060");
        assertThat(rows.get(1).path("v_ram").asInt()).isEqualTo(12);
        assertThat(data("/v1/network/nodes/data?start=0&total=1")).hasSize(1);
        assertThat(data("/v1/network/nodes/data?start=9&total=1")).isEmpty();
        assertThat(data("/v1/network/nodes/data?start=0&total=99999999999999")).hasSize(3);
        assertThat(relay.calls().get("/v1/network/nodes/data?start=-1&total=1").refusal())
                .startsWith("start: ");
        assertThat(relay.calls().get("/v1/network/nodes/data?start=0").refusal())
                .isEqualTo("total: total is required");
    }

    @Test
    void theNetworkAsAWhole() {
        JsonNode network = data("/v1/network");
        assertThat(network.path("tflops").asDouble()).isPositive();
        assertThat(network).hasSize(1);
    }

    private void assertTasks(int total, int running, int queued) {
        JsonNode tasks = data("/v1/network/tasks/number");
        assertThat(tasks.path("total_tasks").asInt(-1)).isEqualTo(total);
        assertThat(tasks.path("running_tasks").asInt(-1)).isEqualTo(running);
        assertThat(tasks.path("queued_tasks").asInt(-1)).isEqualTo(queued);
    }

    private void assertNodes(int busy) {
        JsonNode nodes = data("/v1/network/nodes/number");
        assertThat(nodes.path("all_nodes").asInt(-1)).isEqualTo(3);
        assertThat(nodes.path("busy_nodes").asInt(-1)).isEqualTo(busy);
        assertThat(nodes.path("active_nodes").asInt(-1)).isEqualTo(3);
    }
}
