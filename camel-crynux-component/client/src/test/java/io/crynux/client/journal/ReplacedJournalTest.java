// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.JournalException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What somebody does to the file of an open journal is noticed before anything more is counted on. */
class ReplacedJournalTest extends JournalTestSupport {
    private OpenJournal session;
    private byte[] before;

    @BeforeEach
    void writeSome() throws Exception {
        session = open();
        get(session.write(signed("t1", "k1", 0)));
        before = Files.readAllBytes(file());
        get(session.write(signed("t2", "k2", 1)));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void assertNothingIsWritten(String why) {
        assertThatThrownBy(() -> get(session.check()))
                .hasCauseInstanceOf(JournalException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> get(session.write(signed("t3", "k3", 2))))
                .hasCauseInstanceOf(JournalException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("could not be written")
                .hasMessageContaining(why)
                .hasMessageContaining("No new task is paid; tasks in progress continue")
                .hasMessageContaining("Move the original file back");
        assertThatThrownBy(() -> get(session.check())).hasMessageContaining(why);
        assertThat(session.unsettled()).containsExactly(signed("t1", "k1", 0), signed("t2", "k2", 1));
    }

    private void assertRefusedAfterARestart(String why) {
        session.close();
        assertThatThrownBy(this::open).isInstanceOf(JournalException.class).hasMessageContaining(why);
    }

    @Test
    void oneThatIsDeletedIsNotWritten() throws Exception {
        Files.delete(file());

        assertNothingIsWritten("the file was deleted or moved away");
        assertRefusedAfterARestart("is missing, but line 2 of it was written");
    }

    @Test
    void oneThatIsPutBackIsWrittenAgain() throws Exception {
        Path away = directory.resolve("away");
        Files.move(file(), away);
        assertNothingIsWritten("the file was deleted or moved away");

        Files.move(away, file());

        get(session.check());
        get(session.write(signed("t3", "k3", 2)));
        session.close();
        session = open();
        assertThat(session.unsettled()).hasSize(3);
    }

    @Test
    void oneInWhosePlaceAnotherFileIsPutIsNotWritten() throws Exception {
        Path copy = Files.write(directory.resolve("copy"), before);
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

        assertNothingIsWritten("another file was put in its place");
        assertRefusedAfterARestart("it ends with line 1, but line 2 was written");
    }

    @Test
    void noMoreIsACopyOfTheWholeFileInItsPlace() throws Exception {
        Path copy = Files.copy(file(), directory.resolve("copy"));
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

        assertNothingIsWritten("another file was put in its place");
        session.close();
        session = open();
        assertThat(session.unsettled()).hasSize(2);
    }

    @Test
    void oneThatAnOlderCopyIsWrittenIntoIsNotWritten() throws Exception {
        Files.write(file(), before, StandardOpenOption.TRUNCATE_EXISTING);

        assertNothingIsWritten("it has " + before.length + " bytes");
        assertRefusedAfterARestart("it ends with line 1, but line 2 was written");
    }

    @Test
    void oneThatIsTruncatedIsNotWritten() throws Exception {
        Files.write(file(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);

        assertNothingIsWritten("it has 0 bytes");
        assertRefusedAfterARestart("it is empty");
    }

    @Test
    void oneThatIsChangedButNoLongerIsNotWritten() throws Exception {
        try (RandomAccessFile other = new RandomAccessFile(file().toFile(), "rw")) {
            other.seek(other.length() - 5);
            other.write('x');
        }

        assertNothingIsWritten("its last line was changed by somebody else");
        assertRefusedAfterARestart("does not match its checksum");
    }

    @Test
    void oneThatAnotherProgramAppendsToIsNotWritten() throws Exception {
        Files.writeString(file(), "note to self\n", StandardOpenOption.APPEND);

        assertNothingIsWritten("the file was changed");
        assertRefusedAfterARestart("is damaged");
    }
}
