// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devnet answers as the real Relay did, recording by recording. */
class RecordedRelayTest {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedRelayTest.class);

    /** Bodies too large to be kept, see BodySizeTest; a load that is not in the recording, see EventFaultsTest. */
    private static final Set<String> NOT_REPLAYED =
            Set.of("48-large-prompt-and-result", "55b-large-task-args", "61c-events-under-load");

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
            return names.stream().filter(name -> name.startsWith(wanted) && !NOT_REPLAYED.contains(name));
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
            LOG.info("{}: {} requests replayed, {} skipped", name, replay.replayed(), replay.skipped());
            assertThat(replay.replayed()).isPositive();
            assertThat(differences).isEmpty();
        }
    }
}
