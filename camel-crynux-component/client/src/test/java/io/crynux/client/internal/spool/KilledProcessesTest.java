// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.ChainClientBuilder;
import io.crynux.client.task.Content;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that starts deletes what killed processes have left, and nothing else. */
class KilledProcessesTest {
    private final String usual = System.getProperty("java.io.tmpdir");
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void useADirectoryOfItsOwn() {
        System.setProperty("java.io.tmpdir", directory.toString());
    }

    @AfterEach
    void useTheUsualDirectory() throws InterruptedException {
        System.setProperty("java.io.tmpdir", usual);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    private static void startAClient() {
        new ChainClientBuilder()
                .rpcUrl("http://127.0.0.1:1")
                .contractAddress("0x0000000000000000000000000000000000000001")
                .executor(Runnable::run)
                .build()
                .close();
    }

    /** Another process; returns when it has said that it is ready. */
    private Process other(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        processes.add(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(out.lines().anyMatch("READY"::equals)).isTrue();
        return process;
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void filesOfAKilledProcessGo() throws Exception {
        Files.createFile(directory.resolve("crynux-7-somebody-elses.result"));
        Process killed = other("spool");
        Process alive = other("spool");
        startAClient();
        assertThat(names()).hasSize(5);

        killed.destroyForcibly().waitFor();
        startAClient();

        assertThat(names())
                .hasSize(3)
                .contains("crynux-7-somebody-elses.result")
                .noneMatch(name -> name.startsWith("crynux-" + killed.pid() + "-"))
                .filteredOn(name -> name.startsWith("crynux-" + alive.pid() + "-"))
                .hasSize(2);
    }

    @Test
    void anIdThatIsGivenAgainKeepsNoFiles() throws Exception {
        Process alive = other("wait");
        Files.createFile(directory.resolve("crynux-" + alive.pid() + "-1.lock"));
        Files.createFile(directory.resolve("crynux-" + alive.pid() + "-1-2.result"));

        startAClient();

        assertThat(names()).isEmpty();
    }

    @Test
    void filesOfAProcessThatCannotBeSeenStay() throws Exception {
        Files.createFile(directory.resolve("crynux-999999999-1-2.result"));
        other("lock", directory.resolve("crynux-999999999-1.lock").toString());

        startAClient();

        assertThat(names()).containsExactlyInAnyOrder("crynux-999999999-1.lock", "crynux-999999999-1-2.result");
    }

    @Test
    void aLinkInPlaceOfALockIsNotFollowed() throws Exception {
        Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("crynux-999999999-1.lock"), elsewhere);
        Files.createFile(directory.resolve("crynux-999999999-1-2.result"));

        startAClient();

        assertThat(names()).hasSize(3);
    }

    /** What the other processes run. */
    static final class Other {
        private Other() {}

        public static void main(String[] args) throws Exception {
            Content content = null;
            FileChannel lock = null;
            if (args[0].equals("spool")) {
                Spool spool = new Spool(10);
                spool.write(ByteBuffer.allocate(1_000));
                content = spool.finish();
            } else if (args[0].equals("lock")) {
                lock = FileChannel.open(Path.of(args[1]), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                lock.lock();
            }
            System.out.println("READY");
            System.in.read();
            System.out.println(content + " " + lock);
        }
    }
}
