// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The devnet answers as the real Relay did, recording by recording. */
class RecordedRelayTest {
    static Stream<String> recordings() {
        String wanted = System.getProperty("crynux.recording", "");
        try {
            Path folder = Path.of(
                    RecordedRelayTest.class.getResource("/relay-recordings").toURI());
            List<String> names;
            try (Stream<Path> files = Files.list(folder)) {
                names = files.map(file -> file.getFileName().toString())
                        .map(name -> name.replaceFirst("\\.json(\\.gz)?$", ""))
                        .sorted()
                        .toList();
            }
            return names.stream().filter(name -> name.startsWith(wanted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void isAnsweredAsByTheRelay(String name) throws IOException, InterruptedException {
        try (RelayReplay replay = new RelayReplay(RelayRecording.of(name))) {
            List<String> differences = replay.run();
            System.out.println(
                    "REPLAY " + name + " " + replay.replayed() + " " + replay.skipped() + " " + differences.size());
            differences.forEach(one -> System.out.println("   DIFF " + one));
            assertThat(differences).isEmpty();
        }
    }
}
