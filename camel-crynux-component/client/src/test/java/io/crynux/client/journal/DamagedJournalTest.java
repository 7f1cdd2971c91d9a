// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of the bytes of a journal: it is opened as it was, or refused, and never forgets a payment. */
class DamagedJournalTest extends JournalTestSupport {
    private byte[] written;
    private byte[] noted;

    @BeforeEach
    void writeSome() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(signed("t1", "k1", 0)));
            get(session.write(created("t2", "k2", 1)));
            get(session.keepResult(
                    created("t2", "k2", 1), List.of(new ResultFile("text/plain", new byte[] {1, 2, 3}))));
            get(session.write(settled(created("t2", "k2", 1), TaskState.DONE, null)));
            get(session.write(created("t3", null, 2)));
            get(session.write(signed("t4", "k4", 3)));
        }
        written = Files.readAllBytes(file());
        noted = Files.readAllBytes(note());
    }

    private List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < written.length; i++) {
            if (written[i] == '\n') {
                lines.add(Arrays.copyOfRange(written, start, i + 1));
                start = i + 1;
            }
        }
        return lines;
    }

    private static byte[] join(List<byte[]> lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        lines.forEach(all::writeBytes);
        return all.toByteArray();
    }

    /** @param withNote whether the note beside it is there */
    private void assertRefused(String what, byte[] content, boolean withNote) throws Exception {
        put(content, withNote);
        assertRefused(what, content);
    }

    private void assertRefused(String what, byte[] content) throws Exception {
        assertThatThrownBy(this::open)
                .as(what)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(file().toString());
        assertThat(Files.readAllBytes(file())).as(what).isEqualTo(content);
    }

    private void put(byte[] content, boolean withNote) throws Exception {
        Files.write(file(), content);
        if (withNote) {
            Files.write(note(), noted);
        } else {
            Files.deleteIfExists(note());
        }
    }

    private void assertIsAsItWas() throws Exception {
        try (OpenJournal session = open()) {
            assertThat(session.unsettled())
                    .containsExactlyInAnyOrder(signed("t1", "k1", 0), created("t3", null, 2), signed("t4", "k4", 3));
            assertThat(session.find("k2").orElseThrow().state()).isEqualTo(TaskState.DONE);
            assertThat(session.keptResult(session.find("k2").orElseThrow())).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFlippedBitIsNoticedInEachByte(boolean withNote) throws Exception {
        put(written, withNote);
        try (RandomAccessFile disk = new RandomAccessFile(file().toFile(), "rw")) {
            for (int i = 0; i < written.length; i++) {
                byte[] damaged = written.clone();
                damaged[i] ^= (byte) (1 << (i % 8));
                disk.seek(i);
                disk.write(damaged[i]);
                assertRefused("byte " + i, damaged);
                disk.seek(i);
                disk.write(written[i]);
            }
        }
        assertIsAsItWas();
    }

    @Test
    void eachMissingLineIsNoticed() throws Exception {
        for (int i = 0; i < lines().size(); i++) {
            List<byte[]> lines = lines();
            lines.remove(i);
            assertRefused("without line " + i, join(lines), true);
            if (i < lines.size()) {
                assertRefused("without line " + i + " and the note", join(lines), false);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesThatAreSwappedOrThereTwiceAreNoticed(boolean withNote) throws Exception {
        for (int i = 0; i < lines().size(); i++) {
            List<byte[]> repeated = lines();
            repeated.add(i, repeated.get(i));
            assertRefused("line " + i + " twice", join(repeated), withNote);
            for (int j = 0; j < i; j++) {
                List<byte[]> swapped = lines();
                Collections.swap(swapped, i, j);
                assertRefused("lines " + i + " and " + j, join(swapped), withNote);
            }
        }
    }

    @Test
    void oneThatIsCutOffSomewhereIsNoticed() throws Exception {
        try (RandomAccessFile disk = new RandomAccessFile(file().toFile(), "rw")) {
            for (int length = written.length - 1; length >= 0; length--) {
                disk.setLength(length);
                assertRefused(length + " bytes", Arrays.copyOf(written, length));
            }
        }
    }

    @Test
    void soIsAHeaderThatIsCutShortOrGoneAlsoWithoutTheNote() throws Exception {
        put(written, false);
        try (RandomAccessFile disk = new RandomAccessFile(file().toFile(), "rw")) {
            for (int length = lines().get(0).length - 1; length >= 0; length--) {
                disk.setLength(length);
                assertRefused(length + " bytes of the header", Arrays.copyOf(written, length));
            }
        }
    }

    @Test
    void oneThatIsGoneIsNoticed() throws Exception {
        Files.delete(file());

        assertThatThrownBy(this::open)
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("is missing, but line 6 of it was written");
        assertThat(file()).doesNotExist();
    }

    @Test
    void soIsOneOfAnotherDirectory() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        try (OpenJournal other = OpenJournal.of(new FileTaskJournal(elsewhere.toString()), scope(), executor)) {
            get(other.write(signed("other", null, 9)));
        }

        assertRefused("another journal", Files.readAllBytes(elsewhere.resolve("tasks.journal")), true);
        Files.createFile(directory.resolve("accept-loss"));
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).containsExactly(signed("other", null, 9));
        }
    }

    @Test
    void aDamagedNoteChangesNothing() throws Exception {
        for (int i = 0; i < noted.length; i++) {
            byte[] damaged = noted.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            Files.write(note(), damaged);
            assertIsAsItWas();
        }
        assertThat(Files.readAllBytes(note())).isEqualTo(noted);
    }

    @Test
    void theErrorSaysWhereTheDamageIsAndWhatToDo() throws Exception {
        List<byte[]> lines = lines();
        int second = lines.get(0).length + lines.get(1).length;
        lines.remove(2);
        put(join(lines), true);

        assertThatThrownBy(this::open)
                .hasMessageContaining("is damaged: what is at byte " + second + " is line 3 where line 2 should be")
                .hasMessageContaining("nothing is paid")
                .hasMessageContaining("Restore the latest copy of its directory")
                .hasMessageContaining("create an empty file " + directory.resolve("accept-loss") + " and start again");
    }

    @Test
    void whoeverAcceptsTheLossGoesOnWithWhatIsBeforeIt() throws Exception {
        byte[] damaged = written.clone();
        damaged[written.length - 30] ^= 1;
        put(damaged, true);
        Path marker = Files.createFile(directory.resolve("accept-loss"));

        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).containsExactlyInAnyOrder(signed("t1", "k1", 0), created("t3", null, 2));
            get(session.write(signed("t5", "k5", 3)));
        }
        assertThat(marker).doesNotExist();
        assertThat(Files.readAllBytes(directory.resolve("tasks.journal.damaged-1")))
                .isEqualTo(damaged);
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).hasSize(3);
        }

        // Another loss needs another decision.
        assertRefused("empty", new byte[0], true);
        Files.createFile(marker);
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).isEmpty();
        }
    }

    @Test
    void soItIsWithLinesThatAreMissingAtTheEndAndWithAJournalThatIsGone() throws Exception {
        List<byte[]> lines = lines();
        lines.remove(6);
        put(join(lines), true);
        Path marker = Files.createFile(directory.resolve("accept-loss"));
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).hasSize(2);
        }

        Files.delete(file());
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        Files.createFile(marker);
        open().close();
        open().close();
    }

    @Test
    void anAcceptedLossThatIsNoneIsNotKeptForTheNext() throws Exception {
        Path marker = Files.createFile(directory.resolve("accept-loss"));

        assertIsAsItWas();

        assertThat(marker).doesNotExist();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tasks.journal", "tasks.journal.position", "lock", "results");
        }
    }
}
