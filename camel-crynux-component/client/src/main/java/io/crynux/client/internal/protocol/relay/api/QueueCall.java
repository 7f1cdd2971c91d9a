// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.math.BigInteger;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads the number of queued tasks of all creators. Public. */
final class QueueCall implements RelayCall<BigInteger> {
    private final RequestFactory requests;

    QueueCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.QUEUE;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get("/v1/stats/queue/count");
    }

    @Override
    public BigInteger read(HttpReply reply) {
        return JsonFields.unsigned(AnswerReader.data(reply), "data");
    }
}
