// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The results of {@link EventBench} as a page of Markdown. */
final class EventReport {

    private EventReport() {}

    static String markdown(EventFigures figures) {
        StringBuilder page = new StringBuilder();
        if (!figures.delays().isEmpty()) {
            head(page, "pollInterval ms", "WebSocket", "samples", "delay ms median", "p99", "load");
            figures.delays()
                    .forEach(line -> row(
                            page,
                            Long.toString(line.pollMillis()),
                            line.webSocket() ? "yes" : "no",
                            Integer.toString(line.samples()),
                            number(line.median()),
                            number(line.p99()),
                            number(line.load())));
        }
        if (!figures.replays().isEmpty()) {
            head(
                    page,
                    "past events",
                    "wanted",
                    "offsets",
                    "exchanges",
                    "s to the first",
                    "s to the last",
                    "events/s",
                    "second half",
                    "CPU us each",
                    "RPC calls",
                    "heap MiB (most)",
                    "load");
            figures.replays()
                    .forEach(line -> row(
                            page,
                            count(line.past()),
                            line.eventTypes(),
                            line.offsets() ? "kept" : "no",
                            count(line.exchanges()),
                            number(line.startSeconds()),
                            number(line.seconds()),
                            count(Math.round(line.perSecond())),
                            count(Math.round(line.perSecondLater())),
                            number(line.cpuMicros()),
                            Long.toString(line.rpcCalls()),
                            number(line.heapInUse()) + " (" + number(line.heapMost()) + ")",
                            number(line.load())));
        }
        if (!figures.idle().isEmpty()) {
            head(page, "idle", "polls", "RPC calls", "per poll", "load");
            figures.idle()
                    .forEach(line -> row(
                            page,
                            line.grows() ? "an empty block each" : "no block",
                            Long.toString(line.polls()),
                            Long.toString(line.rpcCalls()),
                            number((double) line.rpcCalls() / line.polls()),
                            number(line.load())));
        }
        return page.toString();
    }

    private static void head(StringBuilder page, String... cells) {
        page.append(page.length() == 0 ? "" : "\n");
        row(page, cells);
        row(page, Collections.nCopies(cells.length, "---").toArray(String[]::new));
    }

    private static void row(StringBuilder page, String... cells) {
        page.append(List.of(cells).stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
