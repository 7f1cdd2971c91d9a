// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often things were asked for in the last minute, from counters that are read once a second. */
final class RequestRates {
    /** Number of seconds in a series. */
    static final int SECONDS = 60;

    /** Seconds that a rate is the mean of. */
    private static final int MEAN_OF = 10;

    /** Maximum number of names: those with the most requests. */
    private static final int SHOWN = 12;

    private static final class Track {
        private final long[] perSecond = new long[SECONDS];
        private long total;

        void add(long count, int place) {
            perSecond[place] = count - total;
            total = count;
        }
    }

    /**
     * What was asked for under one name.
     *
     * @param total since the start
     * @param perSecond the mean of the last ten seconds
     * @param series requests in each second of the last minute, the oldest first
     */
    record Rate(String name, long total, double perSecond, List<Long> series) {}

    /** The total, and the rates by name, those with the most requests first. */
    record Rates(long total, double perSecond, List<Long> series, List<Rate> by) {}

    private final Map<String, Track> tracks = new TreeMap<>();
    private final Track all = new Track();
    private int place;

    /** Takes the counters of one more second. */
    synchronized void sample(Map<String, Long> counts) {
        place = (place + 1) % SECONDS;
        counts.forEach((name, count) ->
                tracks.computeIfAbsent(name, added -> new Track()).add(count, place));
        all.add(counts.values().stream().mapToLong(Long::longValue).sum(), place);
    }

    synchronized Rates rates() {
        List<Rate> by = new ArrayList<>();
        tracks.forEach((name, track) -> by.add(rate(name, track)));
        by.sort(Comparator.comparingLong(Rate::total).reversed());
        Rate sum = rate("", all);
        return new Rates(
                sum.total(), sum.perSecond(), sum.series(), List.copyOf(by.subList(0, Math.min(SHOWN, by.size()))));
    }

    private Rate rate(String name, Track track) {
        List<Long> series = new ArrayList<>();
        for (int i = 1; i <= SECONDS; i++) {
            series.add(track.perSecond[(place + i) % SECONDS]);
        }
        long recent = series.subList(SECONDS - MEAN_OF, SECONDS).stream()
                .mapToLong(Long::longValue)
                .sum();
        return new Rate(name, track.total, (double) recent / MEAN_OF, series);
    }
}
