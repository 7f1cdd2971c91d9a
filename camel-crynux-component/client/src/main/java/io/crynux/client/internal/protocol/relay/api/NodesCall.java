// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Reads a part of the list of nodes. Public. */
final class NodesCall implements RelayCall<List<ListedNode>> {
    private final RequestFactory requests;
    private final int start;
    private final int total;

    /**
     * @param start from 0
     * @param total maximum number of nodes
     */
    NodesCall(RequestFactory requests, int start, int total) {
        this.requests = requests;
        this.start = start;
        this.total = total;
    }

    @Override
    public CallName name() {
        return CallName.NODES;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get(
                "/v1/network/nodes/data" + RequestFactory.query(new TreeMap<>(Map.of("start", start, "total", total))));
    }

    @Override
    public List<ListedNode> read(HttpReply reply) {
        JsonNode data = AnswerReader.data(reply);
        if (!data.isArray() && !data.isNull()) {
            throw new IllegalArgumentException("it has no list of nodes");
        }
        List<ListedNode> nodes = new ArrayList<>();
        data.forEach(row -> nodes.add(node(JsonFields.of(row))));
        return List.copyOf(nodes);
    }

    private static ListedNode node(JsonFields row) {
        return new ListedNode(row.text("address"), row.text("card_model"), row.unsigned("v_ram"));
    }
}
