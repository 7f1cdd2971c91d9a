// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs the bench at a size that tests its measurements but gives no meaningful numbers. */
class BenchTest {

    @Test
    void everyLineIsMeasured(@TempDir Path out) throws Exception {
        int exitCode = new CommandLine(new Bench())
                .execute(
                        "--in-flight=6:6",
                        "--hold=6",
                        "--naive=2:4",
                        "--warm-up=4",
                        "--nodes=6",
                        "--block-millis=50",
                        "--poll-millis=50",
                        "--naive-poll-millis=50",
                        "--out=" + out);

        assertThat(exitCode).isZero();
        JsonNode lines = Json.tree(Files.readString(out.resolve("bench.json"))).path("lines");
        assertThat(lines).hasSize(2);
        for (JsonNode line : lines) {
            assertThat(line.path("failed").asInt()).isZero();
            assertThat(line.path("rpcCallsByMethod")
                            .path("eth_sendRawTransaction")
                            .asDouble())
                    .isEqualTo(1);
            assertThat(line.path("uploads").asDouble()).isGreaterThanOrEqualTo(1);
            assertThat(line.path("relayRequests").asDouble()).isGreaterThanOrEqualTo(2);
            assertThat(line.path("cpuMillis").asDouble()).isPositive();
            assertThat(line.path("routeThreads").asInt()).isPositive();
        }
        assertThat(lines.path(0).path("paidPerSecond").asDouble()).isPositive();
        assertThat(lines.path(0).path("delayMedian").asDouble()).isPositive();
        assertThat(Files.readString(out.resolve("bench.md")))
                .contains("| component | 6 | 6 | 0 |", "| naive | 2 | 4 | 0 |", "6 tasks that no node had started");
    }

    @Test
    void aSizeOfAnotherFormIsRefused() {
        assertThat(new CommandLine(new Bench()).execute("--in-flight=many")).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
