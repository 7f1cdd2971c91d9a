// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the quickstart as a user does, in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class QuickstartTest {
    @TempDir
    Path folder;

    @Test
    void everyPromptGetsItsFileAndTheProgramEndsByItself() throws Exception {
        Path out = folder.resolve("out");

        String console = run(0, "-Dout=" + out);

        assertThat(out).isDirectoryContaining("glob:**canal.png");
        assertThat(ImageIO.read(out.resolve("harbour.png").toFile()).getWidth()).isEqualTo(768);
        assertThat(out.resolve("bridges.txt")).content().containsIgnoringCase("bridges");
        try (Stream<Path> prompts = Files.walk(Path.of("prompts"));
                Stream<Path> results = Files.walk(out)) {
            assertThat(results.filter(Files::isRegularFile).count())
                    .isEqualTo(prompts.filter(Files::isRegularFile).count());
        }
        assertThat(console)
                .contains("SENT, pays 30 CNX", "CREATED as task", "UPLOADED", "SUCCEEDED", "DOWNLOADED", "DONE")
                .contains("image for 30 CNX in " + out.resolve("canal.png"));
    }

    @Test
    void aPromptWithoutAResultIsAnErrorOfTheProgram() throws Exception {
        // A separate prompt, because a failed one is moved.
        Path prompts = folder.resolve("prompts");
        Files.createDirectories(prompts.resolve("texts"));
        Files.writeString(prompts.resolve("texts/hopeless.json"), "{\"messages\": 1}");

        String console = run(1, "-Dprompts=" + prompts, "-Dout=" + folder.resolve("out"));

        assertThat(console).contains("/messages", "1 prompts have no result");
        assertThat(prompts.resolve("texts/.failed/hopeless.json")).exists();
    }

    @Test
    void aNetworkThatIsHeldStaysUpUntilEnter() throws Exception {
        Path prompts = folder.resolve("prompts");
        Files.createDirectories(prompts.resolve("texts"));
        Files.writeString(prompts.resolve("texts/short.txt"), "Are you there?");
        Path console = folder.resolve("console.txt");
        Process process =
                start(console, "-Ddevnet.hold=true", "-Dprompts=" + prompts, "-Dout=" + folder.resolve("out"));
        try {
            String said = "";
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
            while (!said.contains("Press Enter or Ctrl-C") && System.nanoTime() < deadline) {
                assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).as(said).isFalse();
                said = Files.readString(console);
            }
            String page = said.replaceAll("(?s).*keeps running. Status page: (\\S+).*", "$1");

            HttpResponse<String> status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(page + "status")).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(status.body()).contains("Are you there?", "\"succeeded\":1");

            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertThat(process.waitFor(1, TimeUnit.MINUTES))
                    .as("ends after Enter")
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private String run(int exitCode, String... properties) throws IOException, InterruptedException {
        Path console = folder.resolve("console.txt");
        Process process = start(console, properties);
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES))
                    .as("ends by itself")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(console);
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        return text;
    }

    private static Process start(Path console, String... properties) throws IOException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        // The best code is not worth its making in a process that lives that short.
                        Stream.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        Stream.of(properties),
                        Stream.of("-classpath", System.getProperty("java.class.path"), Quickstart.class.getName()))
                .flatMap(part -> part)
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
    }
}
