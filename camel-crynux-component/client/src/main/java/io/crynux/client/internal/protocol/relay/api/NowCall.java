// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the Relay's time. It goes with the validations: these may need it, and it must not wait for calls that wait for it.
 */
final class NowCall implements RelayCall<Instant> {
    private final RequestFactory requests;

    NowCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.NOW;
    }

    @Override
    public Priority priority() {
        return Priority.VALIDATE;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return CompletableFuture.completedFuture(HttpRequest.newBuilder(requests.uri("/v1/now"))
                .header("Cache-Control", "no-cache")
                .GET()
                .build());
    }

    @Override
    public Instant read(HttpReply reply) {
        return JsonFields.of(AnswerReader.data(reply)).second("now");
    }
}
