// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the client in its own JVM: runs one scenario and prints its {@link Figures} as one line of JSON. */
@Command(name = "load")
final class LoadMain implements Callable<Integer> {
    @Option(names = "--network", required = true)
    private String network;

    @Option(names = "--route", required = true)
    private Scenario.Kind kind;

    @Option(names = "--in-flight", required = true)
    private int inFlight;

    @Option(names = "--tasks", required = true)
    private int tasks;

    @Option(names = "--warm-up", required = true)
    private int warmUp;

    @Option(names = "--held")
    private boolean held;

    @Option(names = "--poll-millis", required = true)
    private long pollMillis;

    /** Exits the JVM after the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new LoadMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Scenario scenario = new Scenario(kind, inFlight, tasks, warmUp, held, Duration.ofMillis(pollMillis));
        NetworkAddress address = Json.read(network, NetworkAddress.class);
        try (TaskRoute route = kind == Scenario.Kind.COMPONENT
                        ? new CrynuxRoute(address, scenario)
                        : new NaiveRoute(address, scenario.pollInterval());
                Census census = new Census()) {
            Figures figures = new Measurement(scenario, route, new Network(address), census).run();
            System.out.println(Json.line(figures));
        }
        return CommandLine.ExitCode.OK;
    }
}
