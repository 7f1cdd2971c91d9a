// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls of each method. */
final class MethodCounts {
    /** Under this name all those are counted that there are not: their names come from strangers and have no end. */
    static final String UNKNOWN = "(unknown)";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String method) {
        counts.computeIfAbsent(method, name -> new LongAdder()).increment();
    }

    SortedMap<String, Long> snapshot() {
        var snapshot = new TreeMap<String, Long>();
        counts.forEach((method, count) -> snapshot.put(method, count.sum()));
        return snapshot;
    }
}
