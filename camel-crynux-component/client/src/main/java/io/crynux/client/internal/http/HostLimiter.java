// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.async.Futures;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Limits the number of concurrent requests to a server; further ones wait, in order and without a thread. Thread-safe. */
final class HostLimiter {

    /** A waiting request with the future of its answer. */
    private record Waiting<T>(Supplier<CompletableFuture<T>> request, CompletableFuture<T> reply) {}

    private final int limit;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private int running;
    /** Whether a thread starts requests: it also starts those of others, so that quick failures do not grow the stack. */
    private boolean starting;

    HostLimiter(int limit) {
        this.limit = limit;
    }

    /** Cancelling the future cancels the request, whether it waits or is running. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> request) {
        Waiting<T> next = new Waiting<>(request, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(next);
        }
        startWaiting();
        return next.reply();
    }

    private void startWaiting() {
        synchronized (this) {
            if (starting) {
                return;
            }
            starting = true;
        }
        for (Waiting<?> next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private synchronized Waiting<?> next() {
        Waiting<?> next = running < limit ? waiting.poll() : null;
        if (next == null) {
            starting = false;
        } else {
            running++;
        }
        return next;
    }

    private <T> void start(Waiting<T> started) {
        if (started.reply().isDone()) {
            // Cancelled while it waited.
            release();
            return;
        }
        // Whatever it throws: a permit that is never returned would be lost for good.
        CompletableFuture<T> sent = Futures.start(started.request());
        started.reply().whenComplete((value, error) -> {
            if (error != null) {
                sent.cancel(false);
            }
        });
        sent.whenComplete((value, error) -> {
            release();
            Futures.complete(started.reply(), value, error);
            startWaiting();
        });
    }

    private synchronized void release() {
        running--;
    }
}
