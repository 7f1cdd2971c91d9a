// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is written anew while it is in use, and whatever happens meanwhile, nothing is lost. */
class CompactedJournalTest extends JournalTestSupport {
    private static final int THREADS = 4;
    private static final int TASKS = 60;

    @TempDir
    Path copies;

    private OpenJournal open(Executor runsOn, FaultyStorage.Steps steps) {
        return OpenJournal.of(
                new FileTaskJournal(directory.toString(), 4_000, file -> new FaultyStorage(file, steps)),
                scope(),
                runsOn);
    }

    /** What a crash before each step would leave. */
    @Test
    void aCrashAtAnyStepLeavesOneWholeJournal() throws Exception {
        Map<Path, Map<String, TaskRecord>> crashes = new LinkedHashMap<>();
        Map<String, TaskRecord> told = new ConcurrentHashMap<>();
        AtomicInteger replaced = new AtomicInteger();
        FaultyStorage.Steps steps = step -> {
            crashes.put(copy(crashes.size() + " " + step), Map.copyOf(told));
            replaced.addAndGet(step.equals("replace the file") ? 1 : 0);
        };
        try (OpenJournal session = open(Runnable::run, steps)) {
            for (int i = 0; i < 8; i++) {
                TaskRecord task = created("t" + i, "k" + i, i);
                get(session.write(task));
                told.put("k" + i, task);
                get(session.keepResult(task, List.of(new ResultFile("text/plain", new byte[] {(byte) i}))));
                if (i % 3 > 0) {
                    TaskRecord done = settled(task, TaskState.DONE, null);
                    get(session.write(done));
                    told.put("k" + i, done.slim());
                }
            }
        }

        assertThat(replaced.get()).isGreaterThan(1);
        for (Map.Entry<Path, Map<String, TaskRecord>> crash : crashes.entrySet()) {
            String when = crash.getKey().getFileName().toString();
            try (OpenJournal left =
                    OpenJournal.of(new FileTaskJournal(crash.getKey().toString()), scope(), executor)) {
                for (Map.Entry<String, TaskRecord> task : crash.getValue().entrySet()) {
                    TaskRecord found = left.find(task.getKey()).orElseThrow(() -> new AssertionError(when));
                    assertThat(found.isSettled() || found.equals(task.getValue()))
                            .as(when)
                            .isTrue();
                    if (task.getValue().isSettled()) {
                        assertThat(found).as(when).isEqualTo(task.getValue());
                        assertThat(left.keptResult(found).get(0).bytes()[0])
                                .as(when)
                                .isEqualTo(Byte.parseByte(task.getKey().substring(1)));
                    }
                }
                get(left.write(signed("more", "more", 99)));
            }
        }
    }

    private Path copy(String name) {
        Path copy = copies.resolve(name);
        try (Stream<Path> files = Files.list(directory)) {
            Files.createDirectories(copy.resolve("results"));
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    @Test
    void whoWritesAndWhoReadsMeanwhileIsNotDisturbed() throws Exception {
        AtomicInteger replaced = new AtomicInteger();
        Map<String, Integer> told = new ConcurrentHashMap<>();
        List<Throwable> failures = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        OpenJournal session = open(executor, step -> replaced.addAndGet(step.equals("replace the file") ? 1 : 0));
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread * TASKS;
            threads.add(thread(failures, () -> {
                for (int i = first; i < first + TASKS; i++) {
                    runTask(session, i);
                    told.put("k" + i, i);
                }
            }));
        }
        Thread reader = thread(failures, () -> {
            while (!over.get()) {
                List<String> keys = List.copyOf(told.keySet());
                if (!keys.isEmpty()) {
                    assertIsThere(session, keys.get(ThreadLocalRandom.current().nextInt(keys.size())));
                }
            }
        });
        for (Thread thread : threads) {
            thread.join();
        }
        over.set(true);
        reader.join();
        session.close();

        assertThat(failures).isEmpty();
        assertThat(replaced.get()).isGreaterThan(1);
        try (OpenJournal again = open()) {
            assertThat(again.unsettled()).hasSize(THREADS * TASKS / 10);
            for (String key : told.keySet()) {
                assertIsThere(again, key);
            }
        }
    }

    /** Every tenth task stays open. */
    private void runTask(OpenJournal session, int number) throws Exception {
        String key = "t" + number;
        CompletionStage<Void> last = session.write(signed(key, "k" + number, number));
        session.write(created(key, "k" + number, number));
        get(session.keepResult(
                created(key, "k" + number, number),
                List.of(new ResultFile("text/plain", ("answer " + number).getBytes(UTF_8)))));
        if (number % 10 > 0) {
            last = session.write(settled(created(key, "k" + number, number), TaskState.DONE, null));
        }
        get(last);
    }

    private static void assertIsThere(OpenJournal session, String key) throws Exception {
        TaskRecord task = session.find(key).orElseThrow(() -> new AssertionError(key + " is lost"));
        assertThat(task.order().idempotencyKey()).isEqualTo(key);
        assertThat(new String(session.keptResult(task).get(0).bytes(), UTF_8)).isEqualTo("answer " + key.substring(1));
    }

    /** Something that may fail. */
    private interface Work {
        void run() throws Exception;
    }

    private static Thread thread(List<Throwable> failures, Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Throwable e) {
                synchronized (failures) {
                    failures.add(e);
                }
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void theHighestNumberOfALaneIsKnownWhenItsTasksAreForgotten() throws Exception {
        FileTaskJournal journal = new FileTaskJournal(directory.toString(), 4_000, FileStorage::new);
        try (OpenJournal session = OpenJournal.of(journal, scope(), Runnable::run)) {
            for (int i = 0; i < 30; i++) {
                get(session.write(signed("t" + i, null, i)));
                get(session.write(settled(signed("t" + i, null, i), TaskState.DONE, null)));
            }
        }
        String text = Files.readString(file());
        assertThat(text).as("compacted").contains("\"lanes\":{\"0xcreator\":");

        try (OpenJournal session = OpenJournal.of(journal, scope(), Runnable::run)) {
            assertThat(get(session.session().lane("0xcreator"))).isEqualTo(new Lane(BigInteger.valueOf(29), Set.of()));
        }
    }

    @Test
    void aTaskThatWasCountedIsToldAsLongAsItsPeriodLasts() throws Exception {
        JournalScope counting = new JournalScope(NETWORK, RETENTION, Duration.ofHours(2), clock);
        FileTaskJournal journal = new FileTaskJournal(directory.toString(), 4_000, FileStorage::new);
        TaskRecord open = signed("open", null, 20);
        try (OpenJournal session = OpenJournal.of(journal, counting, Runnable::run)) {
            for (int i = 0; i < 20; i++) {
                TaskRecord task = settled(created("t" + i, null, i), TaskState.DONE, null);
                get(session.write(task));
            }
            get(session.write(open));
            assertThat(get(session.session().spentSince(clock.instant()))).isEqualTo(200);
            assertThat(get(session.session().spentSince(clock.instant().plusMillis(1))))
                    .isZero();
        }

        clock.advance(Duration.ofHours(2));
        try (OpenJournal session = OpenJournal.of(journal, counting, Runnable::run)) {
            assertThat(get(session.session().spentSince(Instant.EPOCH))).isZero();
            assertThat(session.unsettled()).containsExactly(open);
        }
    }
}
