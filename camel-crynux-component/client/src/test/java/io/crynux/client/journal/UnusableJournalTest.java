// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that cannot be trusted is refused with the remedy, and left as it is. */
class UnusableJournalTest extends JournalTestSupport {
    private byte[] written;
    /** What the journal noted before its last line. */
    private byte[] note;

    @BeforeEach
    void writeSome() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(signed("t1", "k1", 0)));
            get(session.write(created("t1", "k1", 0)));
            note = Files.readAllBytes(note());
            get(session.write(signed("t2", "k2", 1)));
        }
        written = Files.readAllBytes(file());
    }

    private void assertRefused(String... message) throws Exception {
        byte[] before = Files.readAllBytes(file());
        var thrown = assertThatThrownBy(this::open).isInstanceOf(JournalException.class);
        for (String part : message) {
            thrown.hasMessageContaining(part);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50, 200})
    void aLastLineThatWasNotWrittenToItsEndIsTakenAway(int missing) throws Exception {
        byte[] torn = Arrays.copyOf(written, written.length - missing);
        Files.write(file(), torn);
        Files.write(note(), note);

        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).containsExactly(created("t1", "k1", 0));
            get(session.write(signed("t3", "k3", 1)));
        }
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).containsExactlyInAnyOrder(created("t1", "k1", 0), signed("t3", "k3", 1));
        }
    }

    @Test
    void soIsWhatADiskLeftBehindTheLastLine() throws Exception {
        Files.write(file(), new byte[4096], StandardOpenOption.APPEND);

        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).hasSize(2);
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(written);
    }

    @Test
    void damageInTheMiddleIsRefused() throws Exception {
        byte[] damaged = written.clone();
        damaged[written.length / 2] ^= 1;
        Files.write(file(), damaged);

        assertRefused(file().toString(), "is damaged", "at byte", "Restore the latest copy", "nothing is paid");
    }

    @Test
    void aFileOfSomebodyElseIsRefused() throws Exception {
        Files.delete(note());
        Files.writeString(file(), "id;name;amount\n".repeat(20));

        assertRefused(file().toString(), "is not a task journal", "another directory");
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        JournalHeader newer = new JournalHeader(4, "id", NETWORK);
        Files.delete(note());
        Files.write(file(), LineChain.from(0).line(JournalFrame.json(newer)));

        assertRefused("has format 4", "knows 3 and older only", "use the version that wrote it");
    }

    @Test
    void anotherChainIsRefused() throws Exception {
        JournalScope other = new JournalScope(network("0xother"), RETENTION, Duration.ZERO, clock);

        assertThatThrownBy(() -> OpenJournal.of(new FileTaskJournal(directory.toString()), other, executor))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("belongs to chain 31337 (genesis 0xgenesis)")
                .hasMessageContaining("is chain 31337 (genesis 0xother)")
                .hasMessageContaining("correct rpcUrl");
    }

    @Test
    void twoAtOnceAreRefused() throws Exception {
        try (OpenJournal first = open()) {
            assertRefused("in use by another process, or by another component of this one");
            get(first.write(signed("t3", "k3", 2)));
        }
        open().close();
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws Exception {
        Path impossible = file().resolve("below-a-file");

        assertThatThrownBy(() -> OpenJournal.of(new FileTaskJournal(impossible.toString()), scope(), executor))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(impossible.toString())
                .hasMessageContaining("writable");
    }

    @Test
    void aJournalThatIsClosedTakesNothing() {
        OpenJournal session = open();
        session.close();
        session.close();

        assertThat(session.write(signed("t3", "k3", 2)).toCompletableFuture()).isCompletedExceptionally();
    }
}
