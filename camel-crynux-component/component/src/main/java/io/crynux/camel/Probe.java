// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * A request that is sent when its answer is read, but not more often than a given interval. Reading returns the last answer at
 * once. Thread-safe.
 */
final class Probe<T> {

    /** An answer, or the reason why there is none. */
    record Answer<T>(T value, Throwable error) {
        boolean failed() {
            return error != null;
        }
    }

    private final Supplier<CompletableFuture<T>> question;
    private final Duration every;
    private Answer<T> last;
    private boolean asking;
    private long askedAt;

    /** @param every the time that an answer is valid for */
    Probe(Supplier<CompletableFuture<T>> question, Duration every) {
        this.question = question;
        this.every = every;
    }

    /** The last answer; empty before the first. */
    synchronized Optional<Answer<T>> look() {
        long now = System.nanoTime();
        if (!asking && (last == null || now - askedAt >= every.toNanos())) {
            asking = true;
            askedAt = now;
            ask().whenComplete(this::onAnswer);
        }
        return Optional.ofNullable(last);
    }

    private CompletableFuture<T> ask() {
        try {
            return question.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private synchronized void onAnswer(T value, Throwable error) {
        asking = false;
        last = new Answer<>(
                value, error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
    }
}
