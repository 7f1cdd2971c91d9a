// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads the numbers of nodes. Public. */
final class NodeNumberCall implements RelayCall<NodeNumbers> {
    private final RequestFactory requests;

    NodeNumberCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.NODE_NUMBER;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get("/v1/network/nodes/number");
    }

    @Override
    public NodeNumbers read(HttpReply reply) {
        JsonFields fields = JsonFields.of(AnswerReader.data(reply));
        return new NodeNumbers(
                fields.unsigned("all_nodes"), fields.unsigned("busy_nodes"), fields.unsigned("active_nodes"));
    }
}
