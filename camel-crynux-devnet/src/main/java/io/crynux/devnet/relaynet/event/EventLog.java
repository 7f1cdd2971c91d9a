// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The log of events. Ids are given when a row is written; a row can become visible later, after rows with higher ids, as on
 * the real Relay under load (relay.md, section 4.7). Not thread-safe: used with the network's lock.
 */
public final class EventLog {
    /**
     * How a row is written.
     *
     * @param gap ids that are left out before it
     * @param delay time after which it becomes visible
     */
    public record Writing(int gap, Duration delay) {}

    private final TreeMap<Long, EventRow> rows = new TreeMap<>();
    private final Map<String, List<Long>> ofTask = new HashMap<>();
    private final Map<Long, Instant> hidden = new HashMap<>();
    private long lastId;

    /** A copy that lives on its own. */
    public EventLog copy() {
        var copy = new EventLog();
        copy.rows.putAll(rows);
        ofTask.forEach((commitment, ids) -> copy.ofTask.put(commitment, new ArrayList<>(ids)));
        copy.hidden.putAll(hidden);
        copy.lastId = lastId;
        return copy;
    }

    /** Writes a row. */
    public void write(String type, String node, String commitment, String args, Instant now, Writing how) {
        lastId += how.gap() + 1L;
        rows.put(lastId, new EventRow(lastId, type, node, commitment, args, now));
        ofTask.computeIfAbsent(key(commitment), any -> new ArrayList<>()).add(lastId);
        if (!how.delay().isZero()) {
            hidden.put(lastId, now.plus(how.delay()));
        }
    }

    private static String key(String commitment) {
        return commitment.toLowerCase(Locale.ROOT);
    }

    /**
     * The visible rows after an id, ascending.
     *
     * @param commitment of the task whose rows are wanted, in any letter case; empty for all
     * @param limit how many; negative for all
     */
    public List<EventRow> after(long id, String commitment, long limit, Instant now) {
        // Ids are below 2^63; a start above is beyond the end.
        Stream<EventRow> found = id < 0
                ? Stream.empty()
                : commitment.isEmpty()
                        ? rows.tailMap(id, false).values().stream()
                        : ofTask.getOrDefault(key(commitment), List.of()).stream()
                                .filter(one -> one > id)
                                .map(rows::get);
        Stream<EventRow> visible = found.filter(row -> isVisible(row.id(), now));
        return (limit < 0 ? visible : visible.limit(limit)).toList();
    }

    /** The newest visible id; 0 without any. */
    public long newest(String commitment, Instant now) {
        if (commitment.isEmpty()) {
            return rows.descendingKeySet().stream()
                    .filter(id -> isVisible(id, now))
                    .findFirst()
                    .orElse(0L);
        }
        return ofTask.getOrDefault(key(commitment), List.of()).stream()
                .filter(id -> isVisible(id, now))
                .reduce(0L, Math::max);
    }

    private boolean isVisible(long id, Instant now) {
        Instant from = hidden.get(id);
        if (from != null && !now.isBefore(from)) {
            hidden.remove(id);
            return true;
        }
        return from == null;
    }

    /** Deletes the rows written before that time. */
    public void purge(Instant before) {
        List<EventRow> old =
                rows.values().stream().filter(row -> row.at().isBefore(before)).toList();
        for (EventRow row : old) {
            rows.remove(row.id());
            hidden.remove(row.id());
            ofTask.computeIfPresent(key(row.commitment()), (any, ids) -> {
                ids.remove(row.id());
                return ids.isEmpty() ? null : ids;
            });
        }
    }

    /** Makes the rows of some tasks older. */
    public void age(Set<String> commitments, UnaryOperator<Instant> older) {
        commitments.stream()
                .flatMap(commitment -> ofTask.getOrDefault(key(commitment), List.of()).stream())
                .toList()
                .forEach(id -> rows.computeIfPresent(id, (any, row) -> row.at(older.apply(row.at()))));
    }
}
