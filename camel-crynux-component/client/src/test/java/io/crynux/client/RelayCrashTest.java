// SPDX-License-Identifier: Apache-2.0
package io.crynux.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.TaskRequest;
import io.crynux.client.task.TaskResult;
import io.crynux.client.wallet.Wallets;
import io.crynux.devnet.relaynet.fault.RelayCall;
import io.crynux.devnet.relaynet.settings.RelayNetworkSettings;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is killed again and again at random moments, beside a Relay that loses answers: each of its tasks is created
 * once, validated in time, and paid once. The system property {@code crynux.relay.kills} sets the number of kills.
 */
class RelayCrashTest extends RelayNetworkTestSupport {
    private static final int KILLS = Integer.getInteger("crynux.relay.kills", 8);
    private static final int TASKS_PER_KILL = 3;
    private static final int LONGEST_LIFE_MILLIS = 2_500;
    private static final int STARTUP_MILLIS = 700;

    @TempDir
    Path directory;

    /** The program: its tasks have keys, so it begins again with all of them. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws Exception {
            try (CrynuxClient client = CrynuxClient.builder()
                    .network(RelayNetwork.builder()
                            .relayUrl(args[0])
                            .eventPollInterval(Duration.ofMillis(100))
                            .build())
                    .signer(Wallets.ofPrivateKey(KEY))
                    .journal(new FileTaskJournal(args[1]))
                    .build()) {
                List<CompletableFuture<TaskResult>> results = new ArrayList<>();
                for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                    results.add(client.submit(TaskRequest.builder(GptParameters.builder()
                                    .user("Question " + i)
                                    .build())
                            .feeWei(FEE)
                            .idempotencyKey("question " + i)
                            .build()));
                }
                for (CompletableFuture<TaskResult> result : results) {
                    if (result.get().completion().text().isBlank()) {
                        throw new IllegalStateException("no answer");
                    }
                }
            }
        }
    }

    private Process program(int tasks) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        relay.url(),
                        directory.toString(),
                        Integer.toString(tasks))
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile())
                .start();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("err.txt")) + Files.readString(directory.resolve("out.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachTaskIsPaidOnceAndHasItsResult() throws Exception {
        long seed = Long.getLong("crynux.relay.seed", System.nanoTime());
        Random random = new Random(seed);
        int tasks = KILLS * TASKS_PER_KILL;
        // A node is busy until its task is validated, so groups that wait for each other's nodes would wait for
        // minutes.
        start(RelayNetworkSettings.defaults().withTick(Duration.ofMillis(50)), 3 * tasks);
        for (int i = 0; i < tasks; i++) {
            sampled.add(random.nextInt(8) == 0);
        }
        int killed = 0;
        for (int round = 1; round <= KILLS; round++) {
            relay.faults()
                    .on(random.nextBoolean() ? RelayCall.CREATE : RelayCall.VALIDATE)
                    .loseAnswer()
                    .times(1);
            Process process = program(round * TASKS_PER_KILL);
            if (!process.waitFor(STARTUP_MILLIS + random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS)) {
                killed++;
            }
            process.destroyForcibly().waitFor();
        }
        relay.faults().clear();

        Process last = program(tasks);
        boolean ended = last.waitFor(120 + KILLS, TimeUnit.SECONDS);
        last.destroyForcibly().waitFor();
        assertThat(ended)
                .as(() -> "seed " + seed + ": the last process does not end; " + relay.tasks() + "\n" + output())
                .isTrue();

        assertThat(last.exitValue()).as("seed " + seed).isZero();
        long paid = relay.tasks().stream()
                .filter(task ->
                        task.status() == TaskStatus.END_SUCCESS || task.status() == TaskStatus.END_GROUP_SUCCESS)
                .count();
        assertThat(paid).as("results, seed " + seed).isEqualTo(tasks);
        assertThat(spent()).as("seed %s, %d kills", seed, killed).isEqualTo(FEE.multiply(BigInteger.valueOf(paid)));
    }
}
