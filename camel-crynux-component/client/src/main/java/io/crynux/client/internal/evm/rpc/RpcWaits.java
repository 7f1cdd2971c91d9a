// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What waits until an endpoint that limits the rate has rested, without a thread and until the client is closed. Thread-safe. */
final class RpcWaits {
    private final ScheduledExecutorService scheduler;
    private final AtomicLong count = new AtomicLong();
    private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    RpcWaits(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Completes after that time; fails with an IOException when the client is closed before. */
    CompletableFuture<Void> rest(Duration time) {
        CompletableFuture<Void> rested = new CompletableFuture<>();
        long number = count.incrementAndGet();
        waiting.put(number, rested);
        rested.whenComplete((done, error) -> waiting.remove(number));
        if (closed) {
            rested.completeExceptionally(closing());
        } else {
            scheduler.schedule(() -> rested.complete(null), time.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
        return rested;
    }

    /** Ends all waits. */
    void close() {
        closed = true;
        waiting.values().forEach(rested -> rested.completeExceptionally(closing()));
    }

    private static IOException closing() {
        return new IOException("The client is closed");
    }
}
