// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.async;

import java.util.concurrent.CompletionException;

/** What futures have in common. */
public final class Futures {

    private Futures() {}

    /** What a stage failed with, without the wrapping that {@link java.util.concurrent.CompletableFuture} puts around it. */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /** The failure of a stage as an exception that a step of a later stage can throw: wrapped once, and never twice. */
    public static CompletionException wrapped(Throwable error) {
        return error instanceof CompletionException known ? known : new CompletionException(error);
    }
}
