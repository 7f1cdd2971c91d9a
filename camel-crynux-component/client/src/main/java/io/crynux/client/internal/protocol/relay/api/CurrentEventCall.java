// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads the id of the newest row of the event log; 0 for an empty log. Public. */
final class CurrentEventCall implements RelayCall<Long> {
    private final RequestFactory requests;

    CurrentEventCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.CURRENT_EVENT;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get("/v1/events/current_id");
    }

    @Override
    public Long read(HttpReply reply) {
        return JsonFields.unsigned(AnswerReader.data(reply), "data").longValue();
    }
}
