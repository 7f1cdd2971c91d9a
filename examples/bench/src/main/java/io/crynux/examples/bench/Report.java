// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results as a page of Markdown. */
final class Report {
    private final List<Figures> lines;
    private final double signatures;

    Report(List<Figures> lines, double signatures) {
        this.lines = lines;
        this.signatures = signatures;
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append(row(List.of(
                "route",
                "in flight",
                "tasks",
                "failed",
                "tasks/s",
                "ms a task",
                "RPC calls",
                "Relay requests",
                "uploads",
                "CPU ms",
                "threads (JVM)",
                "heap MiB (most)",
                "delay ms median",
                "p99",
                "load")));
        page.append(row(Collections.nCopies(15, "---")));
        for (Figures line : lines) {
            page.append(row(List.of(
                    line.route().name().toLowerCase(Locale.ROOT),
                    Integer.toString(line.inFlight()),
                    Integer.toString(line.tasks()),
                    Integer.toString(line.failed()),
                    number(line.tasksPerSecond()),
                    number(line.millis()),
                    number(line.rpcCalls()),
                    number(line.relayRequests()),
                    number(line.uploads()),
                    number(line.cpuMillis()),
                    line.routeThreads() + " (" + line.threads() + ")",
                    number(line.heapInUse()) + " (" + number(line.heapMost()) + ")",
                    number(line.delayMedian()),
                    number(line.delayP99()),
                    number(line.load()))));
        }
        page.append('\n');
        for (Figures line : lines) {
            if (line.paidPerSecond() > 0) {
                page.append(String.format(
                        Locale.ROOT,
                        "%,d tasks that no node had started: %.0f per second were paid and uploaded;"
                                + " each took %.1f KiB of heap.%n",
                        line.inFlight(),
                        line.paidPerSecond(),
                        line.kilobytesPerTask()));
            }
        }
        page.append(String.format(Locale.ROOT, "Signatures: %,.0f per second on one thread.%n", signatures));
        return page.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
