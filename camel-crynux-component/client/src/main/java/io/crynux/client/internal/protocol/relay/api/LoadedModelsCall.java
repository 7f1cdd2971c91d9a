// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads the models that have run in the network. Public. */
final class LoadedModelsCall implements RelayCall<List<LoadedModel>> {
    private static final long MAX_ANSWER = 16 << 20;

    private final RequestFactory requests;

    LoadedModelsCall(RequestFactory requests) {
        this.requests = requests;
    }

    @Override
    public CallName name() {
        return CallName.MODELS;
    }

    @Override
    public long maxAnswer() {
        return MAX_ANSWER;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get("/v2/loaded-models");
    }

    @Override
    public List<LoadedModel> read(HttpReply reply) {
        JsonNode data = AnswerReader.data(reply);
        if (!data.isArray() && !data.isNull()) {
            throw new IllegalArgumentException("it has no list of models");
        }
        List<LoadedModel> models = new ArrayList<>();
        data.forEach(row -> models.add(model(JsonFields.of(row))));
        return List.copyOf(models);
    }

    private static LoadedModel model(JsonFields row) {
        return new LoadedModel(
                row.text("model_id"),
                row.text("model_type"),
                row.unsigned("min_vram"),
                row.unsigned("in_memory_node_count"),
                row.unsigned("on_disk_node_count"));
    }
}
