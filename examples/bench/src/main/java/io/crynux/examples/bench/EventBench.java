// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures routes that begin with the contract's events: how soon they come, how fast past ones are read, and what it costs to
 * wait for some. Network and client of each line have JVMs of their own.
 */
@Command(
        name = "event-bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures how soon events come, how fast past ones are read, and what waiting costs.")
public final class EventBench implements Callable<Integer> {
    private static final String NETWORK_HEAP = "1g";

    @Option(names = "--samples", defaultValue = "300", description = "Successes whose delay is measured. 0 for none.")
    private int samples;

    @Option(names = "--tasks-a-second", defaultValue = "8", description = "While delays are measured.")
    private double tasksPerSecond;

    @Option(names = "--block-millis", defaultValue = "370", description = "Time between blocks of that network.")
    private long blockMillis;

    @Option(
            names = "--poll-millis",
            split = ",",
            defaultValue = "1000,250",
            description = "The component's pollInterval of a line each; the first for the line with a WebSocket, too.")
    private List<Long> pollMillis;

    @Option(names = "--past", defaultValue = "100000", description = "Past events that are read. 0 for none.")
    private int past;

    @Option(names = "--per-block", defaultValue = "5", description = "Events in each of their blocks.")
    private int perBlock;

    @Option(names = "--polls", defaultValue = "50", description = "Polls that find nothing. 0 for none.")
    private int polls;

    @Option(names = "--idle-poll-millis", defaultValue = "100", description = "The pollInterval of those.")
    private long idlePollMillis;

    @Option(names = "--heap", defaultValue = "256m", description = "The client's -Xmx.")
    private String heap;

    @Option(names = "--client-option", description = "A further option of the client's JVM; may be repeated.")
    private List<String> clientOptions = List.of();

    @Option(names = "--out", defaultValue = "target", description = "Folder of event-bench.md and event-bench.json.")
    private Path out;

    EventBench() {}

    /** Ends the JVM when the bench has ended. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new EventBench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        EventFigures figures = new EventFigures(
                samples > 0 ? delays() : List.of(),
                past > 0 ? List.of(replay(false, false), replay(false, true), replay(true, false)) : List.of(),
                polls > 0 ? List.of(idle(false), idle(true)) : List.of());
        String page = EventReport.markdown(figures);
        Files.createDirectories(out);
        Files.writeString(out.resolve("event-bench.md"), page);
        Files.writeString(out.resolve("event-bench.json"), Json.page(figures));
        System.out.println();
        System.out.println(page);
        return CommandLine.ExitCode.OK;
    }

    private List<EventFigures.Delay> delays() throws IOException {
        List<EventFigures.Delay> lines = new ArrayList<>();
        for (long interval : pollMillis) {
            lines.add(delay(interval, false));
        }
        lines.add(delay(pollMillis.get(0), true));
        return lines;
    }

    private EventFigures.Delay delay(long interval, boolean webSocket) throws IOException {
        System.out.printf("delays, pollInterval %,d ms%s ...%n", interval, webSocket ? ", WebSocket" : "");
        List<String> options = new ArrayList<>(List.of(
                "--line=DELAY",
                "--poll-millis=" + interval,
                "--count=" + samples,
                "--tasks-a-second=" + tasksPerSecond));
        if (webSocket) {
            options.add("--web-socket");
        }
        return measure(
                NetworkMain.class,
                List.of("--nodes=60", "--block-millis=" + blockMillis, "--queue=1000"),
                options,
                EventFigures.Delay.class);
    }

    private EventFigures.Replay replay(boolean onlySuccesses, boolean offsets) throws IOException {
        System.out.printf(
                "%,d past events, %s%s ...%n",
                past, onlySuccesses ? "of which successes are wanted" : "all wanted", offsets ? ", offsets" : "");
        List<String> options = new ArrayList<>(List.of("--line=REPLAY", "--poll-millis=1000", "--count=" + past));
        if (onlySuccesses) {
            options.add("--only-successes");
        }
        if (offsets) {
            options.add("--offsets");
        }
        return measure(
                PastChainMain.class,
                List.of("--events=" + past, "--per-block=" + perBlock),
                options,
                EventFigures.Replay.class);
    }

    private EventFigures.Idle idle(boolean grows) throws IOException {
        System.out.printf("%,d polls that find %s ...%n", polls, grows ? "an empty block each" : "no block");
        List<String> chain = new ArrayList<>(List.of("--events=0", "--per-block=1"));
        List<String> options =
                new ArrayList<>(List.of("--line=IDLE", "--poll-millis=" + idlePollMillis, "--count=" + polls));
        if (grows) {
            chain.add("--grows");
            options.add("--grows");
        }
        return measure(PastChainMain.class, chain, options, EventFigures.Idle.class);
    }

    private <T> T measure(Class<?> network, List<String> networkOptions, List<String> options, Class<T> type)
            throws IOException {
        try (Jvm chain = Jvm.start(network, NETWORK_HEAP, List.of(), networkOptions)) {
            List<String> all = new ArrayList<>(options);
            all.add("--network=" + chain.answer());
            try (Jvm client = Jvm.start(EventMain.class, heap, clientOptions, all)) {
                return Json.read(client.answer(), type);
            }
        }
    }
}
