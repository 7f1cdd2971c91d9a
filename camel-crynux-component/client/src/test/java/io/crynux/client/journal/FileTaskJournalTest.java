// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written to a journal in a directory is found there by the next process. */
class FileTaskJournalTest extends JournalTestSupport {

    @Test
    void theNewestRecordOfEachTaskIsFoundAgainInFull() throws Exception {
        TaskRecord variant = with(created("t1", "k1", 0), "payments", payment(0, "b") + "\n" + payment(0, ""));
        TaskRecord replaced =
                variant.committed(variant.state(), slot(0), variant.spending().atMost(BigInteger.TWO), variant.data());
        TaskRecord task = with(succeeded(replaced), "head", null);
        LaneRecord transaction = LaneRecord.prepared("l1", "0xcreator", new ProtocolData(Map.of("taskId", "7")))
                .sending(slot(2), variant.spending(), new ProtocolData(Map.of("variants", payment(2, ""))));
        try (OpenJournal session = open()) {
            get(session.write(TaskRecord.prepared(task.order())));
            get(session.write(signed("t1", "k1", 0)));
            get(session.write(created("t1", "k1", 0)));
            get(session.write(task));
            get(session.write(signed("t2", null, 1)));
            get(session.write(LaneRecord.prepared("l1", "0xcreator", new ProtocolData(Map.of("taskId", "7")))));
            get(session.write(transaction));
            get(session.write(transaction.ended(TaskState.REJECTED, "nonce too low")));
        }

        try (OpenJournal session = open()) {
            assertThat(session.unsettled())
                    .containsExactlyInAnyOrder(
                            task, signed("t2", null, 1), transaction.ended(TaskState.REJECTED, "nonce too low"));
            assertThat(session.find("k1")).contains(task);
            assertThat(session.find("k2")).isEmpty();
        }
    }

    @Test
    void ofASettledTaskWhatSomebodyMayAskForStaysForTheRetention() throws Exception {
        TaskRecord done = settled(created("t1", "k1", 0), TaskState.DONE, null);
        try (OpenJournal session = open()) {
            get(session.write(created("t1", "k1", 0)));
            get(session.write(done));
            get(session.write(settled(created("t2", null, 1), TaskState.ABORTED, "why")));
            assertThat(session.unsettled()).isEmpty();
        }

        clock.advance(RETENTION.minusSeconds(1));
        try (OpenJournal session = open()) {
            TaskRecord found = session.find("k1").orElseThrow();
            assertThat(found.state()).isEqualTo(TaskState.DONE);
            assertThat(found.taskId()).isEqualTo("100");
            assertThat(found.settlement()).isEqualTo(done.settlement());
            assertThat(found.order().taskHash()).isEqualTo("0xhash");
            assertThat(found.order().parametersJson()).isEmpty();
            assertThat(found.data()).isEqualTo(done.data());
            assertThat(found.slot()).isEqualTo(slot(0));
        }

        clock.advance(Duration.ofSeconds(1));
        try (OpenJournal session = open()) {
            assertThat(session.find("k1")).isEmpty();
        }
    }

    @Test
    void aSettledTaskIsNeverOverwritten() throws Exception {
        try (OpenJournal session = open()) {
            get(session.write(settled(created("t1", "k1", 0), TaskState.ABORTED, "why")));
            get(session.write(created("t1", "k1", 0)));
        }

        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).isEmpty();
            assertThat(session.find("k1").orElseThrow().state()).isEqualTo(TaskState.ABORTED);
        }
    }

    @Test
    void aKeyNamesItsNewestAttempt() throws Exception {
        TaskOrder second = order("t1", "k1", 1).again("t2", BigInteger.ONE, 2);
        TaskRecord prepared = TaskRecord.prepared(second)
                .committed(
                        TaskState.SIGNED,
                        slot(4),
                        new Spending(clock.instant(), BigInteger.TEN),
                        new ProtocolData(Map.of("payments", payment(4, ""))));
        try (OpenJournal session = open()) {
            get(session.write(prepared));
            get(session.write(settled(created("t1", "k1", 0), TaskState.ABORTED, "why")));
            assertThat(session.find("k1")).contains(prepared);
        }

        try (OpenJournal session = open()) {
            assertThat(session.find("k1")).contains(prepared);
        }
    }

    @Test
    void resultsAreKeptInsideOrNextToItAndDeletedWithTheirTask() throws Exception {
        TaskRecord small = created("t1", "k1", 0);
        TaskRecord large = created("t2", "k2", 1);
        byte[] image = new byte[100_000];
        image[99_999] = 7;
        try (OpenJournal session = open()) {
            get(session.write(small));
            get(session.write(large));
            get(session.keepResult(small, List.of(new ResultFile("application/json", new byte[] {1, 2}))));
            get(session.keepResult(
                    large, List.of(new ResultFile("image/png", image), new ResultFile("image/png", new byte[] {3}))));
            get(session.write(settled(small, TaskState.DONE, null)));
            get(session.write(settled(large, TaskState.DONE, null)));
        }
        assertThat(results()).hasSize(2);

        try (OpenJournal session = open()) {
            List<ResultFile> files = session.keptResult(session.find("k2").orElseThrow());
            assertThat(files).extracting(ResultFile::contentType).containsExactly("image/png", "image/png");
            assertThat(files.get(0).bytes()).isEqualTo(image);
            files.forEach(ResultFile::close);
            files.forEach(ResultFile::leaveDisk);
            assertThat(session.keptResult(large).get(1).bytes()).containsExactly(3);
            assertThat(session.keptResult(small).get(0).bytes()).containsExactly(1, 2);
            Files.delete(results().get(0));
            assertThat(session.keptResult(large)).isEmpty();
        }

        clock.advance(RETENTION);
        open().close();
        assertThat(results()).isEmpty();
    }

    private List<Path> results() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("results"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void whatIsOutOfDateIsLeftOutWhenTheFileHasGrown() throws Exception {
        FileTaskJournal small = new FileTaskJournal(directory.toString(), 20_000, FileStorage::new);
        long longest = 0;
        // One thread, so that the file is written anew before the next line comes.
        try (OpenJournal session = OpenJournal.of(small, scope(), Runnable::run)) {
            get(session.write(created("stays", "k", 0)));
            for (int i = 1; i <= 200; i++) {
                get(session.write(signed("t" + i, null, i)));
                get(session.write(settled(signed("t" + i, null, i), TaskState.REJECTED, "superseded")));
                longest = Math.max(longest, Files.size(file()));
            }
        }

        assertThat(longest).isBetween(10_000L, 21_000L);
        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).containsExactly(created("stays", "k", 0));
        }
    }

    @Test
    void writesOfManyThreadsAreAllThereAndInOrderForEachTask() throws Exception {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (OpenJournal session = open()) {
            for (int thread = 0; thread < 4; thread++) {
                int first = thread * 100;
                threads.add(new Thread(() -> {
                    for (int i = first; i < first + 100; i++) {
                        session.write(signed("t" + i, "k" + i, i));
                        session.write(created("t" + i, "k" + i, i));
                        CompletionStage<Void> last =
                                session.write(settled(created("t" + i, "k" + i, i), TaskState.DONE, null));
                        synchronized (writes) {
                            writes.add(last);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            for (CompletionStage<Void> write : writes) {
                get(write);
            }
        }

        try (OpenJournal session = open()) {
            assertThat(session.unsettled()).isEmpty();
            for (int i = 0; i < 400; i++) {
                assertThat(session.find("k" + i)).isPresent();
            }
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        Path made = directory.resolve("made");
        try (OpenJournal session = OpenJournal.of(new FileTaskJournal(made.toString()), scope(), executor)) {
            get(session.write(created("t1", "k1", 0)));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("tasks.journal"))))
                    .isEqualTo("rw-------");
        }
    }
}
