// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that cannot be written says so, and is written again when that has passed; nothing that it took is lost. */
class FullDiskTest extends JournalTestSupport {
    /** The step that fails, or null. */
    private final AtomicReference<String> failing = new AtomicReference<>();

    private final List<String> steps = new ArrayList<>();

    private OpenJournal onDisk(long compactedFrom) {
        return OpenJournal.of(
                new FileTaskJournal(directory.toString(), compactedFrom, file -> new FaultyStorage(file, this::before)),
                scope(),
                Runnable::run);
    }

    private void before(String step) throws IOException {
        steps.add(step);
        if (step.equals(failing.get())) {
            throw new IOException("No space left on device");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"append to the file", "force the file", "write the note"})
    void aWriteThatFailedIsNotThereAndTheNextOneIs(String step) throws Exception {
        try (OpenJournal session = onDisk(1_000_000)) {
            get(session.write(signed("t1", "k1", 0)));
            failing.set(step);

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> get(session.write(signed("t2", "k2", 1))))
                        .hasCauseInstanceOf(JournalException.class)
                        .hasMessageContaining("No space left on device")
                        .hasMessageContaining("Free disk space");
            }
            assertThatThrownBy(() -> get(session.check())).hasMessageContaining("No space left on device");
            assertThat(session.unsettled()).containsExactly(signed("t1", "k1", 0));

            failing.set(null);
            get(session.check());
            get(session.write(signed("t3", "k3", 2)));
        }
        try (OpenJournal again = open()) {
            assertThat(again.unsettled()).containsExactly(signed("t1", "k1", 0), signed("t3", "k3", 2));
        }
    }

    @Test
    void aFullDiskNeedsNoRoomForAnotherJournalToGoOn() throws Exception {
        try (OpenJournal session = onDisk(1_000_000)) {
            get(session.write(signed("t1", "k1", 0)));
            failing.set("append to the file");
            assertThatThrownBy(() -> get(session.write(signed("t2", "k2", 1)))).isNotNull();
            failing.set(null);
            steps.clear();

            get(session.write(signed("t3", "k3", 2)));
        }
        assertThat(steps).startsWith("append to the file", "force the file", "write the note");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create the next file",
                "append to the next file",
                "force the next file",
                "replace the file",
                "force the name"
            })
    void aCompactionThatFailsLosesNothing(String step) throws Exception {
        failing.set(null);
        try (OpenJournal session = onDisk(2_000)) {
            get(session.write(created("stays", "k", 0)));
            failing.set(step);
            for (int i = 1; i <= 20; i++) {
                TaskRecord task = signed("t" + i, "k" + i, i);
                // What fails here was never counted on.
                session.write(task)
                        .toCompletableFuture()
                        .exceptionally(error -> null)
                        .join();
            }
            assertThat(steps).contains(step);
            failing.set(null);
            for (int i = 1; i <= 20; i++) {
                get(session.write(settled(signed("t" + i, "k" + i, i), TaskState.REVERTED, "why")));
            }
            assertThat(session.find("k7").orElseThrow().state()).isEqualTo(TaskState.REVERTED);
        }
        try (OpenJournal again = open()) {
            assertThat(again.unsettled()).containsExactly(created("stays", "k", 0));
            for (int i = 1; i <= 20; i++) {
                assertThat(again.find("k" + i).orElseThrow().state()).isEqualTo(TaskState.REVERTED);
            }
        }
        assertThat(Files.exists(directory.resolve("tasks.journal.new"))).isFalse();
    }
}
