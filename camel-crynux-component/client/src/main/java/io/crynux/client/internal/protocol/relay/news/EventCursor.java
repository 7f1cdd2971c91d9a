// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.news;

import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Position in the Relay's event log. Rows become visible out of order, up to three ids late (recording 61c), so each poll starts some
 * ids back, and rows that were seen are dropped. Ids that come again with another content belong to a Relay that was restored from a
 * back-up. Not thread-safe.
 */
final class EventCursor {
    /** A reader that starts so far back has missed none, where readers without it missed 2 % (relay protocol, section 4.7). */
    static final int OVERLAP = 200;

    private final NavigableMap<Long, Integer> seen = new TreeMap<>();
    private long newest;

    /** @param newest the greatest id that counts as seen: that of the log when the reader starts */
    EventCursor(long newest) {
        this.newest = newest;
    }

    /** The next poll asks for rows with greater ids. */
    long start() {
        return Math.max(0, newest - OVERLAP);
    }

    /** The greatest id that was seen. */
    long newest() {
        return newest;
    }

    /** Whether a row contradicts one that was seen under its id. */
    boolean contradicts(RelayEvent row) {
        Integer before = seen.get(row.id());
        return before != null && before != fingerprint(row);
    }

    /** The rows that are new, in the order of the log. */
    List<RelayEvent> accept(List<RelayEvent> rows) {
        List<RelayEvent> fresh = new ArrayList<>();
        for (RelayEvent row : rows) {
            if (seen.putIfAbsent(row.id(), fingerprint(row)) == null) {
                fresh.add(row);
            }
            newest = Math.max(newest, row.id());
        }
        seen.headMap(start(), true).clear();
        return fresh;
    }

    private static int fingerprint(RelayEvent row) {
        return (row.typeName() + row.commitment() + row.args()).hashCode();
    }
}
