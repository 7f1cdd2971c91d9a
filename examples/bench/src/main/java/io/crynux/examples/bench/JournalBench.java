// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.client.journal.FileTaskJournal;
import io.crynux.client.journal.InMemoryTaskJournal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the cost of the journal per task, and the time to continue the tasks of an earlier process. */
@Command(
        name = "journal-bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Measures the cost of the journal and the time of a recovery.")
public final class JournalBench implements Callable<Integer> {
    private static final int FORCES = 200;
    private static final int PAGE_BYTES = 4_096;

    @Option(names = "--tasks", defaultValue = "20000", description = "Tasks to journal, each with all its states.")
    private int tasks;

    @Option(names = "--at-once", defaultValue = "1000", description = "Tasks to journal at the same time.")
    private int atOnce;

    @Option(names = "--open", defaultValue = "10000", description = "Open tasks to recover. 0 for none.")
    private int open;

    @Option(names = "--out", defaultValue = "target", description = "Folder of journal-bench.md, and of the journals.")
    private Path out;

    JournalBench() {}

    /** Exits the JVM after the bench. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new JournalBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(out), "journal-bench-");
        try {
            StringBuilder page = new StringBuilder();
            double force = forceMillis(folder);
            page.append(line("one forced write of 4 KiB on this disk", "%.2f ms", force));
            JournalLoad load = new JournalLoad(tasks, atOnce);
            load.run(new InMemoryTaskJournal());
            page.append(line("journaled tasks, in memory", "%,.0f /s", load.run(new InMemoryTaskJournal())));
            load.run(new FileTaskJournal(folder.resolve("warm-up").toString()));
            String measured = folder.resolve("measured").toString();
            page.append(
                    line("journaled tasks, in a file, forced", "%,.0f /s", load.run(new FileTaskJournal(measured))));
            if (open > 0) {
                RecoveryTime recovery = RecoveryTime.measure(open, folder.resolve("recovery"));
                page.append(line("open tasks", "%,.0f", (double) recovery.tasks()));
                page.append(line("reading their journal", "%.2f s", seconds(recovery.reading())));
                page.append(line("until new tasks can be paid", "%.2f s", seconds(recovery.connecting())));
                page.append(line("JSON-RPC calls for that", "%,.0f", (double) recovery.rpcCalls()));
            }
            String table = "| | |\n|---|---|\n" + page;
            Files.writeString(out.resolve("journal-bench.md"), table);
            System.out.println(table);
            return CommandLine.ExitCode.OK;
        } finally {
            delete(folder);
        }
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String line(String what, String format, double value) {
        return "| " + what + " | " + String.format(Locale.ROOT, format, value) + " |\n";
    }

    private static double forceMillis(Path folder) throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("forced").toFile(), "rw")) {
            byte[] page = new byte[PAGE_BYTES];
            long begin = System.nanoTime();
            for (int i = 0; i < FORCES; i++) {
                file.write(page);
                file.getFD().sync();
            }
            return (System.nanoTime() - begin) / 1e6 / FORCES;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
