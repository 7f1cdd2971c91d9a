// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads a node by its address. Public. An unknown address is a node with empty values. */
final class NodeCall implements RelayCall<NodeInfo> {
    private final RequestFactory requests;
    private final String address;

    NodeCall(RequestFactory requests, String address) {
        this.requests = requests;
        this.address = address;
    }

    @Override
    public CallName name() {
        return CallName.NODE;
    }

    /** A sampled text task needs it for its siblings. */
    @Override
    public Priority priority() {
        return Priority.SIBLING;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get("/v1/node/" + address);
    }

    @Override
    public NodeInfo read(HttpReply reply) {
        JsonFields fields = JsonFields.of(AnswerReader.data(reply));
        return new NodeInfo(
                fields.text("address"),
                fields.integer("status"),
                fields.text("gpu_name"),
                fields.unsigned("gpu_vram"),
                fields.text("version"),
                fields.texts("model_ids"));
    }
}
