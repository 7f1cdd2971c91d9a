// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the event bench at a size that tests its measurements but gives no meaningful numbers. */
class EventBenchTest {

    @Test
    void linesAreMeasured(@TempDir Path out) throws Exception {
        int exitCode = new CommandLine(new EventBench())
                .execute(
                        "--samples=3",
                        "--tasks-a-second=20",
                        "--block-millis=50",
                        "--poll-millis=50",
                        "--past=0",
                        "--polls=0",
                        "--out=" + out);

        assertThat(exitCode).isZero();
        JsonNode figures = Json.tree(Files.readString(out.resolve("event-bench.json")));
        assertThat(figures.path("delays")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("samples").asInt()).isEqualTo(3);
            assertThat(line.path("median").asDouble()).isPositive();
        });
        assertThat(Files.readString(out.resolve("event-bench.md"))).contains("| 50 | no | 3 |", "| 50 | yes | 3 |");
    }

    @Test
    void pastEventsAreRead(@TempDir Path out) throws Exception {
        int exitCode =
                new CommandLine(new EventBench()).execute("--samples=0", "--past=200", "--polls=0", "--out=" + out);

        assertThat(exitCode).isZero();
        JsonNode figures = Json.tree(Files.readString(out.resolve("event-bench.json")));
        assertThat(figures.path("replays")).hasSize(3).allSatisfy(line -> assertThat(
                        line.path("perSecond").asDouble())
                .isPositive());
    }
}
