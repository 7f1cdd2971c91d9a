// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot.bench;

import io.crynux.devnet.CrynuxDevnet;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the starter adds to the start of an otherwise empty application; see docs/bench.md. Argument: the rounds. */
public final class StartupBench {
    /** What only the starter brings, by folder of the repository. */
    private static final List<String> OF_THE_STARTER = List.of(
            "io/crynux",
            "org/web3j",
            "com/networknt",
            "com/ethlo",
            "com/fasterxml",
            "org/bouncycastle",
            "io/reactivex",
            "org/reactivestreams",
            "io/consensys",
            "io/tmio",
            "org/connid",
            "org/jetbrains",
            "io/github/adraffy");
    /** What only the tests have. */
    private static final List<String> OF_THE_TESTS = List.of(
            "camel-crynux-devnet",
            "spring-test",
            "spring-boot-test",
            "spring-boot-starter-test",
            "io/undertow",
            "org/jboss",
            "org/wildfly",
            "io/smallrye",
            "info/picocli",
            "org/junit",
            "org/mockito",
            "org/assertj",
            "org/awaitility",
            "net/bytebuddy");

    private StartupBench() {}

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 9;
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        String with = classPath(all, entry -> !has(entry, OF_THE_TESTS));
        String without = classPath(
                all,
                entry -> !has(entry, OF_THE_TESTS)
                        && !has(entry, OF_THE_STARTER)
                        && !entry.endsWith(Path.of("target", "classes").toString()));
        try (CrynuxDevnet devnet = CrynuxDevnet.builder().start()) {
            List<String> network = List.of(
                    "--bench.route=true",
                    "--camel.component.crynux.rpc-url=" + devnet.rpcUrl(),
                    "--camel.component.crynux.relay-url=" + devnet.relayUrl(),
                    "--camel.component.crynux.contract-address=" + devnet.contractAddress(),
                    "--camel.component.crynux.private-key=" + devnet.account(0).privateKey());
            Map<String, List<long[]>> measured = new LinkedHashMap<>();
            // The first of each warms the system's file cache.
            for (int round = 0; round <= rounds; round++) {
                long[] empty = start(without, List.of());
                long[] idle = start(with, List.of());
                long[] used = start(with, network);
                if (round > 0) {
                    measured.computeIfAbsent("without the starter", key -> new ArrayList<>())
                            .add(empty);
                    measured.computeIfAbsent("with it, no route", key -> new ArrayList<>())
                            .add(idle);
                    measured.computeIfAbsent("with it, one route, connected", key -> new ArrayList<>())
                            .add(used);
                }
            }
            print(rounds, measured);
        }
    }

    private static void print(int rounds, Map<String, List<long[]>> measured) {
        System.out.printf(
                "Medians of %d starts each in a fresh JVM (fastest in brackets), load average %.1f at the end%n%n",
                rounds, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.println("| application | ms to started | CPU ms | classes |\n|---|---|---|---|");
        measured.forEach((name, starts) -> System.out.printf(
                "| %s | %s | %s | %d |%n", name, column(starts, 0), column(starts, 1), sorted(starts, 2)[rounds / 2]));
    }

    private static String column(List<long[]> starts, int column) {
        long[] values = sorted(starts, column);
        return values[values.length / 2] + " (" + values[0] + ")";
    }

    private static long[] sorted(List<long[]> starts, int column) {
        return starts.stream().mapToLong(start -> start[column]).sorted().toArray();
    }

    private static long[] start(String classPath, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                classPath,
                EmptyApplication.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines()
                .filter(line -> line.startsWith(EmptyApplication.MARK))
                .findFirst()
                .map(line -> Arrays.stream(
                                line.substring(EmptyApplication.MARK.length()).split(":"))
                        .mapToLong(Long::parseLong)
                        .toArray())
                .orElseThrow(() -> new IllegalStateException("The application did not start:\n" + output));
    }

    private static String classPath(List<String> entries, Predicate<String> wanted) {
        return entries.stream().filter(wanted).collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean has(String entry, List<String> parts) {
        String path = entry.replace(File.separatorChar, '/');
        return parts.stream().anyMatch(part -> path.contains("/" + part));
    }
}
