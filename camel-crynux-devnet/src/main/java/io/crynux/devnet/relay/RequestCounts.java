// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the answers of each endpoint by HTTP status. */
final class RequestCounts {
    private record Key(String endpoint, int status) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String endpoint, int status) {
        counts.computeIfAbsent(new Key(endpoint, status), key -> new LongAdder())
                .increment();
    }

    /** A snapshot: endpoint, then status, then how many. */
    SortedMap<String, SortedMap<Integer, Long>> snapshot() {
        var snapshot = new TreeMap<String, SortedMap<Integer, Long>>();
        counts.forEach((key, count) -> snapshot.computeIfAbsent(key.endpoint(), endpoint -> new TreeMap<>())
                .put(key.status(), count.sum()));
        return snapshot;
    }
}
