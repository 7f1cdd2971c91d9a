// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import java.time.Duration;

/**
 * What the outcome of a try means.
 *
 * @param <T> what the call returns
 */
public sealed interface Verdict<T> {

    /** The call has succeeded. */
    record Done<T>(T value) implements Verdict<T> {}

    /** The call has failed for good. */
    record Failed<T>(Throwable error) implements Verdict<T> {}

    /**
     * It failed, and the policy decides.
     *
     * @param policy one and the same object for failures that count together
     * @param why for logs
     * @param asked delay that the server asks for; zero without
     * @param otherwise what the call fails with if there is no further try
     */
    record Again<T>(RetryPolicy policy, String why, Duration asked, Throwable otherwise) implements Verdict<T> {}

    static <T> Verdict<T> again(RetryPolicy policy, Throwable error) {
        return new Again<>(policy, error.toString(), Duration.ZERO, error);
    }
}
