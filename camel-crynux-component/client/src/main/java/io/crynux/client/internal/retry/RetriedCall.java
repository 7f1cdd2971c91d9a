// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;

/**
 * A call that may have to be tried several times. It knows nothing of delays.
 *
 * @param <T> what it returns
 */
public interface RetriedCall<T> {

    /** Where its failures are logged. */
    Logger log();

    /** For logs, such as "uploading the parameters of task 7". */
    String what();

    /** Tries once. Cancelling the future cancels the try. */
    CompletableFuture<T> attempt();

    /**
     * What the outcome means; exactly one of value and error is null, or the value is.
     *
     * @param error without the wrapper of a stage
     */
    Verdict<T> judge(T value, Throwable error);

    /** It is tried again after that time. */
    default void onRetry(Duration delay) {}

    /** It has failed as often as its policy lets pass in silence; logged as a warning. */
    default String warning(int failures, String why) {
        return what() + " has failed " + failures + " times, trying again: " + why;
    }

    /** Releases what came after the call had ended. */
    default void discard(T value) {}
}
