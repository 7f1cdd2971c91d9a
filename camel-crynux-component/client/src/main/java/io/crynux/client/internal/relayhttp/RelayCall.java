// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.internal.http.HttpReply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One thing to be done at the Relay, by as many requests as it takes. */
interface RelayCall {

    /** For messages, such as "uploading the parameters of task 7". */
    String what();

    /** How long to wait before the first request. */
    default Duration firstDelay() {
        return Duration.ZERO;
    }

    /**
     * Made anew for each try, since a signature lives for a minute. Fails with a
     * {@link io.crynux.client.error.SignerException} when it cannot be signed.
     */
    CompletableFuture<HttpRequest> request();

    CompletableFuture<HttpReply> send(HttpRequest request);

    /** What is wrong with an answer that claims success, or empty. */
    Optional<String> flaw(HttpReply reply);

    /** Whether an answer that is longer than allowed ends the call; it may come from a proxy instead. */
    default boolean endsWhenTooLong() {
        return false;
    }

    /** Is told of every answer. */
    default void onAnswer(RelayAnswer.Meaning meaning) {}
}
