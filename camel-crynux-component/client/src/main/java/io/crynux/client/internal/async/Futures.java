// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Helpers for futures. */
public final class Futures {

    private Futures() {}

    /** Starts an asynchronous step; if the step throws, the future fails with what it threw. */
    public static <T> CompletableFuture<T> start(Supplier<? extends CompletionStage<T>> step) {
        try {
            return step.get().toCompletableFuture();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Completes a future with the outcome of another stage. */
    public static <T> void complete(CompletableFuture<T> future, T value, Throwable error) {
        if (error == null) {
            future.complete(value);
        } else {
            future.completeExceptionally(error);
        }
    }

    /** The failure of a stage, without the wrapper that {@link CompletableFuture} puts around it. */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** The failure of a stage as an exception that a step of a later stage can throw: wrapped once, and never twice. */
    public static CompletionException wrapped(Throwable error) {
        return error instanceof CompletionException known ? known : new CompletionException(error);
    }
}
