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
 * Measures routes that start with the contract's events: the delay of new events, the rate of past events, and the cost of
 * waiting. Network and client of each line have their own JVMs.
 */
@Command(
        name = "event-bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures the delay of new events, the rate of past events, and the cost of waiting.")
public final class EventBench implements Callable<Integer> {
    private static final String NETWORK_HEAP = "1g";

    @Option(names = "--samples", defaultValue = "300", description = "Successes to measure. 0 for none.")
    private int samples;

    @Option(names = "--tasks-a-second", defaultValue = "8", description = "Tasks per second while delays are measured.")
    private double tasksPerSecond;

    @Option(names = "--block-millis", defaultValue = "370", description = "Time between blocks of that network.")
    private long blockMillis;

    @Option(
            names = "--poll-millis",
            split = ",",
            defaultValue = "1000,250",
            description = "The component's pollInterval, one line each; the first also for the line with a WebSocket.")
    private List<Long> pollMillis;

    @Option(names = "--past", defaultValue = "100000", description = "Past events to read. 0 for none.")
    private int past;

    @Option(names = "--per-block", defaultValue = "5", description = "Past events per block.")
    private int perBlock;

    @Option(names = "--polls", defaultValue = "50", description = "Polls that find nothing. 0 for none.")
    private int polls;

    @Option(names = "--idle-poll-millis", defaultValue = "100", description = "pollInterval of these polls.")
    private long idlePollMillis;

    @Option(names = "--heap", defaultValue = "256m", description = "The client's -Xmx.")
    private String heap;

    @Option(names = "--client-option", description = "Additional option of the client's JVM; can be repeated.")
    private List<String> clientOptions = List.of();

    @Option(names = "--out", defaultValue = "target", description = "Folder of event-bench.md and event-bench.json.")
    private Path out;

    EventBench() {}

    /** Exits the JVM after the bench. */
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
