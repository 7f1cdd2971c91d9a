// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.spool;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts files without a name: those that nobody reads any more take up room until the garbage collector finds them. */
final class Hidden {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(2).toNanos();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicLong LAST = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);

    private Hidden() {}

    static void add() {
        COUNT.incrementAndGet();
    }

    static void remove() {
        COUNT.decrementAndGet();
    }

    /**
     * Has the garbage collector look for them, when room is missing and some may be to be had. The JDK does the same when
     * direct memory or room for mapped files runs out.
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
