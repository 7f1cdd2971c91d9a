// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The bench of events measures what it says, at a size at which its figures mean nothing. */
class EventBenchTest {

    @Test
    void everyLineIsMeasured(@TempDir Path out) throws Exception {
        int exitCode = new CommandLine(new EventBench())
                .execute(
                        "--samples=5",
                        "--tasks-a-second=20",
                        "--block-millis=50",
                        "--poll-millis=50",
                        "--past=200",
                        "--polls=3",
                        "--idle-poll-millis=50",
                        "--out=" + out);

        assertThat(exitCode).isZero();
        JsonNode figures = Json.tree(Files.readString(out.resolve("event-bench.json")));
        assertThat(figures.path("delays")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("samples").asInt()).isEqualTo(5);
            assertThat(line.path("median").asDouble()).isPositive();
        });
        assertThat(figures.path("replays")).hasSize(3).allSatisfy(line -> assertThat(
                        line.path("perSecond").asDouble())
                .isPositive());
        assertThat(figures.path("idle")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("polls").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(line.path("rpcCalls")).isEqualTo(line.path("polls"));
        });
        assertThat(Files.readString(out.resolve("event-bench.md")))
                .contains(
                        "| 50 | no | 5 |",
                        "| 50 | yes | 5 |",
                        "| 200 | all | kept | 200 |",
                        "| TaskSuccess | no | 20 |");
    }
}
