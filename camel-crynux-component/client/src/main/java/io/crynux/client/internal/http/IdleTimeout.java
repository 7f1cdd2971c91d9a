// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Fails an answer that takes too long. HttpRequest.timeout covers only the headers, not a body that stalls. Progress restarts
 * the timeout, so that a long download can continue.
 */
final class IdleTimeout {
    private final ScheduledExecutorService scheduler;
    private final Duration timeout;
    private volatile long since = System.nanoTime();
    private volatile ScheduledFuture<?> check;

    IdleTimeout(ScheduledExecutorService scheduler, Duration timeout) {
        this.scheduler = scheduler;
        this.timeout = timeout;
    }

    void onProgress() {
        since = System.nanoTime();
    }

    /** Watches the answer until it completes. */
    void watch(CompletableFuture<?> reply) {
        checkIn(timeout.toNanos(), reply);
        reply.whenComplete((done, error) -> check.cancel(false));
    }

    private void checkIn(long nanos, CompletableFuture<?> reply) {
        check = scheduler.schedule(() -> check(reply), nanos, TimeUnit.NANOSECONDS);
    }

    private void check(CompletableFuture<?> reply) {
        long left = timeout.toNanos() - (System.nanoTime() - since);
        if (left <= 0) {
            reply.completeExceptionally(
                    new HttpTimeoutException("no complete answer within " + timeout.toMillis() + " ms"));
        } else if (!reply.isDone()) {
            checkIn(left, reply);
        }
    }
}
