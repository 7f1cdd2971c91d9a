// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.http;

import io.crynux.client.internal.async.Futures;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** At most so many requests at once to one server; further ones wait, in order and without a thread. Thread-safe. */
final class HostLimiter {

    /** A request that waits for a place, and who waits for its answer. */
    private record Waiting<T>(Supplier<CompletableFuture<T>> request, CompletableFuture<T> reply) {}

    private final int most;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private int taken;
    /** Whether a thread is giving places: it goes on for others, so that a row of quick failures does not grow the stack. */
    private boolean giving;

    HostLimiter(int most) {
        this.most = most;
    }

    /** Cancelling the future gives up the request, whether it waits or is under way. */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> request) {
        Waiting<T> next = new Waiting<>(request, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(next);
        }
        givePlaces();
        return next.reply();
    }

    private void givePlaces() {
        synchronized (this) {
            if (giving) {
                return;
            }
            giving = true;
        }
        for (Waiting<?> next = next(); next != null; next = next()) {
            start(next);
        }
    }

    private synchronized Waiting<?> next() {
        Waiting<?> next = taken < most ? waiting.poll() : null;
        if (next == null) {
            giving = false;
        } else {
            taken++;
        }
        return next;
    }

    private <T> void start(Waiting<T> started) {
        if (started.reply().isDone()) {
            // Given up while it waited.
            leave();
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
            leave();
            Futures.complete(started.reply(), value, error);
            givePlaces();
        });
    }

    private synchronized void leave() {
        taken--;
    }
}
