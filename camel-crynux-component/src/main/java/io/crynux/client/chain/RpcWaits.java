// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What waits until an endpoint that limits the rate has rested, without a thread and until the client is closed. Thread-safe. */
final class RpcWaits {
    private final ScheduledExecutorService scheduler;
    private final Set<CompletableFuture<Void>> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    RpcWaits(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Completes after that time; fails with an IOException when the client is closed before. */
    CompletableFuture<Void> rest(Duration time) {
        CompletableFuture<Void> rested = new CompletableFuture<>();
        waiting.add(rested);
        rested.whenComplete((done, error) -> waiting.remove(rested));
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
        waiting.forEach(rested -> rested.completeExceptionally(closing()));
    }

    private static IOException closing() {
        return new IOException("The client is closed");
    }
}
