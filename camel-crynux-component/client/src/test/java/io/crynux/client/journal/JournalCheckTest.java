// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A journal tells whether it can be written before something has to be. */
class JournalCheckTest extends JournalTestSupport {
    private final AtomicBoolean full = new AtomicBoolean();

    private OpenJournal onDisk() {
        return OpenJournal.of(
                new FileTaskJournal(directory.toString(), 5_000, file -> new FaultyStorage(file, this::requireRoom)),
                scope(),
                executor);
    }

    private void requireRoom(String step) throws IOException {
        if (full.get() && step.startsWith("append")) {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void oneThatCanBeWrittenIsWellAndUntouched() throws Exception {
        try (OpenJournal session = open()) {
            byte[] before = Files.readAllBytes(file());

            get(session.check());

            assertThat(Files.readAllBytes(file())).isEqualTo(before);
        }
    }

    @Test
    void afterAWriteThatFailedItIsUnwellUntilThereIsRoomAgain() throws Exception {
        try (OpenJournal session = onDisk()) {
            full.set(true);
            assertThatThrownBy(() -> get(session.write(signed("t1", "k1", 0))))
                    .hasCauseInstanceOf(JournalException.class);

            assertThatThrownBy(() -> get(session.check()))
                    .hasCauseInstanceOf(JournalException.class)
                    .hasMessageContaining("No space left on device");
            assertThatThrownBy(() -> get(session.check())).hasCauseInstanceOf(JournalException.class);

            full.set(false);
            get(session.check());
            get(session.write(signed("t2", "k2", 1)));
        }
        try (OpenJournal again = open()) {
            assertThat(again.unsettled()).containsExactly(signed("t2", "k2", 1));
        }
    }

    @Test
    void oneWhoseFileWasDeletedIsUnwell() throws Exception {
        try (OpenJournal session = open()) {
            Path file = file();
            Files.delete(file);

            assertThatThrownBy(() -> get(session.check()))
                    .hasCauseInstanceOf(JournalException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
