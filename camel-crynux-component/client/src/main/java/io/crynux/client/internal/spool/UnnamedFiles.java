// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts files without a name, which use disk space until they are closed or the garbage collector finds them. */
final class UnnamedFiles {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    private UnnamedFiles() {}

    static void add() {
        COUNT.incrementAndGet();
    }

    static void remove() {
        COUNT.decrementAndGet();
    }

    /**
     * Runs the garbage collector if disk space is missing and unnamed files may be unreachable. The JDK does the same when it
     * runs out of direct memory.
     */
    static void free() {
        long last = LAST.get();
        if (COUNT.get() > 0
                && System.nanoTime() - last >= INTERVAL_NANOS
                && LAST.compareAndSet(last, System.nanoTime())) {
            System.gc();
        }
    }
}
