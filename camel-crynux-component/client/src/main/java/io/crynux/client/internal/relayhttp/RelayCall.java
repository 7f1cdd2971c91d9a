// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.internal.http.HttpReply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A call of the Relay, with as many requests as it needs. */
interface RelayCall {

    /** For messages, such as "uploading the parameters of task 7". */
    String what();

    /** Delay before the first request. */
    default Duration firstDelay() {
        return Duration.ZERO;
    }

    /**
     * Creates a request for each try, because a signature is valid for a minute. Fails with a
     * {@link io.crynux.client.error.SignerException} if it cannot be signed.
     */
    CompletableFuture<HttpRequest> request();

    CompletableFuture<HttpReply> send(HttpRequest request);

    /** What is wrong with an answer of status 200, or empty. */
    Optional<String> flaw(HttpReply reply);

    /** Whether an answer above the size limit ends the call; it may also come from a proxy. */
    default boolean endsWhenTooLong() {
        return false;
    }

    /** Called for each answer. */
    default void onAnswer(RelayAnswer.Meaning meaning) {}
}
