// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what tasks cost: the component at several numbers of tasks in flight, and a route that polls for each task. Each
 * line uses two new JVMs, one for the network and one for the client. Exit codes: 0, or 1 if a task failed.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures what tasks cost, on a simulated network on this machine.")
public final class Bench implements Callable<Integer> {
    private static final String NETWORK_HEAP = "2g";

    @Option(
            names = "--in-flight",
            split = ",",
            defaultValue = "1:10,100:2000,1000:5000,10000:10000",
            converter = Size.Converter.class,
            description = "Lines of the table for the component: tasks in flight, total number of tasks. 0:0 for none.")
    private List<Size> component;

    @Option(
            names = "--naive",
            split = ",",
            defaultValue = "1:5,100:500,1000:2000",
            converter = Size.Converter.class,
            description = "Lines of the table for the route that polls for each task. 0:0 for none.")
    private List<Size> naive;

    @Option(
            names = "--hold",
            defaultValue = "10000",
            description = "Number in flight from which no node starts until all tasks are paid and uploaded.")
    private int hold;

    @Option(names = "--warm-up", defaultValue = "1000", description = "Tasks that run before the measured ones.")
    private int warmUp;

    @Option(names = "--block-millis", defaultValue = "250", description = "Time between blocks.")
    private long blockMillis;

    @Option(names = "--nodes", defaultValue = "450", description = "Nodes of the network; a task needs three.")
    private int nodes;

    @Option(names = "--poll-millis", defaultValue = "250", description = "The component's pollInterval.")
    private long pollMillis;

    @Option(
            names = "--naive-poll-millis",
            defaultValue = "1000",
            description = "Interval between polls for a task in the route that polls.")
    private long naivePollMillis;

    @Option(names = "--heap", defaultValue = "512m", description = "The client's -Xmx.")
    private String heap;

    @Option(names = "--client-option", description = "Additional option of the client's JVM; can be repeated.")
    private List<String> clientOptions = List.of();

    @Option(names = "--network-option", description = "Additional option of the network's JVM; can be repeated.")
    private List<String> networkOptions = List.of();

    @Option(names = "--out", defaultValue = "target", description = "Folder of bench.md and bench.json.")
    private Path out;

    Bench() {}

    /** Exits the JVM after the bench. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        double signatures = Signatures.perSecond();
        List<Figures> lines = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            System.out.printf("%s, %,d in flight ...%n", scenario.kind(), scenario.inFlight());
            lines.add(measure(scenario));
        }
        String page = new Report(lines, signatures).markdown();
        Files.createDirectories(out);
        Files.writeString(out.resolve("bench.md"), page);
        Files.writeString(
                out.resolve("bench.json"), Json.page(Map.of("lines", lines, "signaturesPerSecond", signatures)));
        System.out.println();
        System.out.println(page);
        return lines.stream().anyMatch(line -> line.failed() > 0)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    private List<Scenario> scenarios() {
        Stream<Scenario> lines = Stream.concat(
                component.stream()
                        .filter(Size::wanted)
                        .map(size -> scenario(Scenario.Kind.COMPONENT, size, Duration.ofMillis(pollMillis))),
                naive.stream()
                        .filter(Size::wanted)
                        .map(size -> scenario(Scenario.Kind.NAIVE, size, Duration.ofMillis(naivePollMillis))));
        return lines.toList();
    }

    private Scenario scenario(Scenario.Kind kind, Size size, Duration interval) {
        boolean held = size.inFlight() >= hold;
        return new Scenario(kind, size.inFlight(), held ? size.inFlight() : size.tasks(), warmUp, held, interval);
    }

    private Figures measure(Scenario scenario) throws IOException {
        int queue = Math.max(scenario.inFlight(), warmUp) + 1;
        List<String> network = List.of("--nodes=" + nodes, "--block-millis=" + blockMillis, "--queue=" + queue);
        try (Jvm devnet = Jvm.start(NetworkMain.class, NETWORK_HEAP, networkOptions, network)) {
            List<String> load = new ArrayList<>(List.of(
                    "--network=" + devnet.answer(),
                    "--route=" + scenario.kind(),
                    "--in-flight=" + scenario.inFlight(),
                    "--tasks=" + scenario.tasks(),
                    "--warm-up=" + scenario.warmUp(),
                    "--poll-millis=" + scenario.pollInterval().toMillis()));
            if (scenario.held()) {
                load.add("--held");
            }
            try (Jvm client = Jvm.start(LoadMain.class, heap, clientOptions, load)) {
                return Json.read(client.answer(), Figures.class);
            }
        }
    }
}
