// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import com.sun.management.OperatingSystemMXBean;
import io.crynux.client.journal.Claim;
import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.NetworkIdentity;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Slot;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskState;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a journal in a file that remembers many finished tasks, each with its key and its answer. */
@Command(
        name = "finished-tasks-bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures what finished tasks cost in a journal: waits, heap, opening.")
public final class FinishedTasksBench implements Callable<Integer> {
    private static final int PARTS = 6;
    private static final int AT_ONCE = 1_000;
    private static final int RAW_CHARACTERS = 700;

    @Option(names = "--tasks", defaultValue = "300000", description = "Finished tasks that the journal remembers.")
    private int tasks;

    @Option(names = "--answer", defaultValue = "1000", description = "Size of each answer, in bytes.")
    private int answer;

    @Option(names = "--parameters", defaultValue = "500", description = "Size of each prompt, in characters.")
    private int parameters;

    @Option(
            names = "--out",
            defaultValue = "target",
            description = "Folder of finished-tasks-bench.md and of the journal.")
    private Path out;

    private final ExecutorService executor = Executors.newFixedThreadPool(4);
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicLong nonces = new AtomicLong();

    FinishedTasksBench() {}

    /** Ends the JVM when the bench has ended. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FinishedTasksBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(out), "finished-tasks-bench-");
        StringBuilder page = new StringBuilder();
        try {
            long empty = heapAfterGc();
            JournalSession session = open(folder);
            try {
                for (int part = 1; part <= PARTS; part++) {
                    int upTo = (int) ((long) tasks * part / PARTS);
                    String longest = String.format(Locale.ROOT, "%,d ms", fill(session, upTo));
                    page.append(line(
                            String.format(Locale.ROOT, "longest wait for a payment's record, up to %,d tasks", upTo),
                            longest));
                    System.out.println(upTo + ": " + longest);
                }
                page.append(line("size of the file", bytes(Files.size(folder.resolve("tasks.journal")))));
                page.append(line("heap after GC", bytes(heapAfterGc() - empty)));
            } finally {
                session.close().toCompletableFuture().join();
            }
            OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = system.getProcessCpuTime();
            long time = System.nanoTime();
            session = open(folder);
            try {
                page.append(line("time to open it", millis(System.nanoTime() - time)));
                page.append(line("CPU time to open it", millis(system.getProcessCpuTime() - cpu)));
                page.append(line("heap after GC, opened", bytes(heapAfterGc() - empty)));
                time = System.nanoTime();
                TaskOrder order =
                        signed("again", "key-" + (tasks - 1), tasks - 1).order();
                if (!(session.claim(order, null).toCompletableFuture().join() instanceof Claim.Ended)) {
                    throw new IllegalStateException("The newest task is not in the journal");
                }
                page.append(line("finding a finished task", millis(System.nanoTime() - time)));
            } finally {
                session.close().toCompletableFuture().join();
            }
        } finally {
            executor.shutdown();
            delete(folder);
        }
        String table = "| | |\n|---|---|\n" + page;
        Files.writeString(out.resolve("finished-tasks-bench.md"), table);
        System.out.println(table);
        return CommandLine.ExitCode.OK;
    }

    private JournalSession open(Path folder) {
        JournalScope scope = new JournalScope(
                new NetworkIdentity("bench", "1", null, "the bench"),
                Duration.ofDays(1),
                Duration.ZERO,
                Clock.systemUTC());
        return new FileTaskJournal(folder.toString())
                .open(scope, new JournalOwner("bench", executor))
                .toCompletableFuture()
                .join();
    }

    /** Finishes tasks while one thread after the other pays. Returns the longest that a payment waited, in milliseconds. */
    private long fill(JournalSession session, int upTo) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        Thread filling = new Thread(() -> {
            for (int i = finished.get(); i < upTo; i++) {
                places.acquireUninterruptibly();
                finish(session, i, places);
            }
            places.acquireUninterruptibly(AT_ONCE);
            finished.set(upTo);
        });
        filling.start();
        long longest = 0;
        for (int payment = 0; filling.isAlive(); payment++) {
            long begin = System.nanoTime();
            TaskRecord signed = signed("payment-" + upTo + "-" + payment, null, payment);
            session.commit(signed, JournalSession.FIRST_EPOCH)
                    .toCompletableFuture()
                    .join();
            longest = Math.max(longest, System.nanoTime() - begin);
            session.commit(settled(signed.ended(TaskState.REVERTED, "")), JournalSession.FIRST_EPOCH);
        }
        filling.join();
        return longest / 1_000_000;
    }

    private void finish(JournalSession session, int number, Semaphore places) {
        TaskRecord signed = signed("task-" + number, "key-" + number, number);
        session.commit(signed, JournalSession.FIRST_EPOCH);
        ProtocolData data = signed.data()
                .with("createdIn", number + " 0xb" + number)
                .with("resultNode", "0xnode")
                .with("resultHash", "0xresult");
        TaskRecord succeeded = signed.sent().created("" + number).succeeded().with(data);
        session.commit(succeeded, JournalSession.FIRST_EPOCH);
        session.keep(succeeded, List.of(new ResultFile("application/json", new byte[answer])))
                .thenCompose(kept -> session.commit(settled(succeeded.in(TaskState.DONE)), JournalSession.FIRST_EPOCH))
                .whenComplete((done, error) -> {
                    if (error != null) {
                        error.printStackTrace();
                    }
                    places.release();
                });
    }

    private static TaskRecord settled(TaskRecord record) {
        String payment = record.data().get("payments");
        String withoutBytes = payment.substring(0, payment.lastIndexOf(' ') + 1);
        return record.settled(new Settlement(Instant.now(), null, null))
                .with(record.data().with("payments", withoutBytes));
    }

    private TaskRecord signed(String key, String idempotencyKey, int number) {
        TaskOrder order = TaskOrder.of(
                        key,
                        TaskKind.GPT,
                        "{\"prompt\":\"" + "x".repeat(parameters) + "\"}",
                        "0x" + "e".repeat(64),
                        "0x" + "c".repeat(40))
                .withFee(BigInteger.TEN.pow(19))
                .withResult(1, 1_000_000, 100_000)
                .withIdempotencyKey(idempotencyKey)
                .withTerms(new ProtocolData(Map.of("vramLimit", "8", "cap", "1", "gpuName", "", "gpuVram", "0")));
        String hash = "0x" + String.format("%064x", number);
        return TaskRecord.prepared(order)
                .committed(
                        TaskState.SIGNED,
                        new Slot(order.creator(), BigInteger.valueOf(nonces.getAndIncrement())),
                        new Spending(Instant.now(), BigInteger.TEN.pow(19)),
                        new ProtocolData(Map.of(
                                "head",
                                "" + number,
                                "payments",
                                number + " " + hash + " 0x" + "ab".repeat(RAW_CHARACTERS / 2))));
    }

    private static long heapAfterGc() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String line(String what, String value) {
        return "| " + what + " | " + value + " |\n";
    }

    private static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20));
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
