// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.fake.RelayCalls;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** However much there is in a devnet, its status stays small. */
class StatusBoundsTest {
    private static final int TASKS = 105;
    private static final int QUEUE = 50;

    @Test
    void moreTasksAndWalletsThanAreTold() {
        try (CrynuxDevnet devnet = CrynuxDevnet.builder()
                .blockTime(Duration.ZERO)
                .nodes(0)
                .accounts(150)
                .start()) {
            var creator = new Creator(devnet, 0);
            String longOne =
                    "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "é".repeat(21_000) + "\"}]}";
            IntStream.range(0, TASKS).forEach(i -> creator.sendTask(1, longOne, 8, 1));
            var http = new RelayCalls(devnet.relayUrl());
            JsonNode tasks = await().atMost(Duration.ofSeconds(20))
                    .until(
                            () -> http.get("/devnet/status").json().path("tasks"),
                            told -> told.path("total").asInt() == TASKS);
            assertThat(tasks.at("/byState/queued").asInt()).isEqualTo(QUEUE);
            assertThat(tasks.at("/byState/aborted").asInt()).isEqualTo(TASKS - QUEUE);
            assertThat(tasks.path("newest")).hasSize(100);
            assertThat(tasks.at("/newest/0/id").asInt()).isEqualTo(TASKS);
            assertThat(tasks.at("/newest/99/id").asInt()).isEqualTo(TASKS - 99);
            long queued = StreamSupport.stream(tasks.path("newest").spliterator(), false)
                    .filter(task -> task.path("state").asText().equals("queued"))
                    .mapToLong(task -> task.path("id").asLong())
                    .findFirst()
                    .orElseThrow();
            creator.upload(queued, longOne);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> http.get("/devnet/status").text().contains("\"" + "é".repeat(160) + "…\""));
            assertThat(http.get("/devnet/tasks/" + queued)
                            .json()
                            .path("parameters")
                            .asText())
                    .hasSize(20_001);
            RelayCalls.Answer status = http.get("/devnet/status");
            assertThat(status.json().at("/wallets/total").asInt()).isEqualTo(150);
            assertThat(status.json().at("/wallets/list")).hasSize(100);
            assertThat(status.body()).hasSizeLessThan(128 * 1024);
        }
    }
}
