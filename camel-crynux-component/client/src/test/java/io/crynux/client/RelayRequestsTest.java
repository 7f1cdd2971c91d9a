// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.TaskResult;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A task costs one creation, one validation and one download; everything else is shared by all tasks. */
class RelayRequestsTest extends RelayNetworkTestSupport {
    private static final int TASKS = 100;

    private long requests(String call) {
        SortedMap<Integer, Long> counts = relay.requestCounts().get(call);
        return counts == null
                ? 0
                : counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void tasksAreCreatedValidatedAndDownloadedOnce() throws Exception {
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)), 50);
        CrynuxClient client = open(builder()
                .network(network().eventPollInterval(Duration.ofSeconds(1)).build()));
        List<CompletableFuture<TaskResult>> results = new ArrayList<>();
        for (int i = 0; i < TASKS; i++) {
            results.add(client.submit(text().build()));
        }

        for (CompletableFuture<TaskResult> result : results) {
            assertThat(get(result).completion().text()).isNotBlank();
        }

        assertThat(requests("POST /v1/inference_tasks/{task_id_commitment}")).isEqualTo(TASKS);
        assertThat(requests("POST /v1/inference_tasks/validate")).isEqualTo(TASKS);
        assertThat(requests("GET /v1/inference_tasks/{task_id_commitment}/results/{index}"))
                .isEqualTo(TASKS);
        assertThat(spent()).isEqualTo(FEE.multiply(BigInteger.valueOf(TASKS)));
    }
}
