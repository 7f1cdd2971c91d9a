// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import java.util.SortedMap;
import java.util.TreeMap;

/** How many requests were answered, by endpoint and status. */
final class RequestCounts {
    private final SortedMap<String, SortedMap<Integer, Long>> counts = new TreeMap<>();

    synchronized void count(String endpoint, int status) {
        counts.computeIfAbsent(endpoint, any -> new TreeMap<>()).merge(status, 1L, Long::sum);
    }

    synchronized SortedMap<String, SortedMap<Integer, Long>> snapshot() {
        SortedMap<String, SortedMap<Integer, Long>> copy = new TreeMap<>();
        counts.forEach((endpoint, statuses) -> copy.put(endpoint, new TreeMap<>(statuses)));
        return copy;
    }
}
