// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Measures threads and heap of this JVM several times a second and keeps the maximum. */
final class Census implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 200;

    /** Owner of a thread. */
    enum Group {
        /** The component and its HTTP client, or the route without the component. */
        ROUTE,
        CAMEL,
        BENCH,
        JVM;

        static Group of(String thread) {
            if (thread.startsWith("bench-") || thread.equals("main")) {
                return BENCH;
            }
            // Camel names the threads of a pool after its purpose.
            if (thread.contains("Crynux") || thread.startsWith("HttpClient-") || thread.startsWith("naive-")) {
                return ROUTE;
            }
            return thread.startsWith("Camel") ? CAMEL : JVM;
        }
    }

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "bench-census"));
    private final Map<Group, Integer> most = new EnumMap<>(Group.class);
    private int mostThreads;
    private long mostHeap;

    Census() {
        timer.scheduleAtFixedRate(this::count, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void count() {
        Map<Group, Integer> now = new EnumMap<>(Group.class);
        int all = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                now.merge(Group.of(thread.getThreadName()), 1, Integer::sum);
                all++;
            }
        }
        now.forEach((group, count) -> most.merge(group, count, Math::max));
        mostThreads = Math.max(mostThreads, all);
        mostHeap = Math.max(mostHeap, memory.getHeapMemoryUsage().getUsed());
    }

    synchronized Map<Group, Integer> mostByGroup() {
        return new EnumMap<>(most);
    }

    synchronized int mostThreads() {
        return mostThreads;
    }

    /** In bytes, including garbage. */
    synchronized long mostHeap() {
        return mostHeap;
    }

    /** Resets the maximum. */
    synchronized void restart() {
        most.clear();
        mostThreads = 0;
        mostHeap = 0;
    }

    /** Heap in bytes after a garbage collection. */
    long heapInUse() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
