// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** A call of the Relay's API. */
interface RelayCall<T> {
    /** Enough for every answer without a task's arguments. */
    long SHORT_ANSWER = 1 << 20;

    CallName name();

    default Priority priority() {
        return Priority.SWEEP;
    }

    /**
     * Creates the request when it is the call's turn, because a signature is valid for a minute. Fails with a
     * {@link io.crynux.client.error.SignerException} if it cannot be signed.
     */
    CompletableFuture<HttpRequest> request();

    default CompletableFuture<HttpReply> send(HttpTransport http, HttpRequest request) {
        return http.send(request, maxAnswer());
    }

    /** Maximum size of an answer, in bytes. */
    default long maxAnswer() {
        return SHORT_ANSWER;
    }

    /** Whether an answer of that status is the value. */
    default boolean isValue(int status) {
        return status == 200;
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if the answer is not of this API; the message says what is wrong
     */
    T read(HttpReply reply);
}
