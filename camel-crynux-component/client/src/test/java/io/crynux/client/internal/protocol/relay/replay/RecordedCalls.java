// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.CallName;
import io.crynux.client.internal.protocol.relay.api.CreateFields;
import io.crynux.client.internal.protocol.relay.api.RelayApi;
import io.crynux.client.internal.protocol.relay.api.Token;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes the call of the API that a recorded request is. */
public final class RecordedCalls {
    private static final long MAX_SIZE = 64L << 20;
    private static final long IN_MEMORY = 1L << 20;

    private static final String WORD = "0x" + "11".repeat(32);

    private RecordedCalls() {}

    /** What was asked, with the recorded arguments where they are valid ones, else with others. */
    public static CompletableFuture<? extends Answer<?>> make(RelayApi api, CallName call, Exchange exchange) {
        JsonNode json = exchange.request().path("body").path("json");
        JsonNode query = exchange.request().path("query");
        String tail = exchange.path().substring(exchange.path().lastIndexOf('/') + 1);
        return switch (call) {
            case CREATE ->
                api.create(
                        fields(exchange),
                        checkpoint(exchange),
                        Priority.CREATE,
                        at -> CompletableFuture.completedFuture(null));
            case GET -> api.get(exchange.commitment(), Priority.SWEEP);
            case CANCEL -> api.cancel(exchange.commitment());
            case VALIDATE -> validate(api, json);
            case RESULT ->
                api.result(
                        exchange.commitment(),
                        tail.matches("[0-9]{1,9}") ? Integer.parseInt(tail) : 0,
                        MAX_SIZE,
                        IN_MEMORY);
            case CHECKPOINT -> api.checkpoint(exchange.commitment(), MAX_SIZE, IN_MEMORY);
            case EVENTS ->
                api.events(
                        query.path("start").asLong(0),
                        query.path("limit").asInt(50),
                        query.path("task_id_commitment").asText(""));
            case CURRENT_EVENT -> api.currentEvent();
            case NOW -> api.now();
            case BALANCE -> api.balance();
            case LOGIN -> api.login();
            case LEDGER ->
                api.ledger(
                        new Token("t", Instant.MAX),
                        query.path("page").asInt(1),
                        query.path("page_size").asInt(10));
            case NODES ->
                api.nodes(query.path("start").asInt(), query.path("total").asInt());
            case NODE_NUMBER -> api.nodeNumbers();
            case QUEUE -> api.queueLength();
            case MODELS -> api.loadedModels();
            case NODE -> api.node(tail);
            case EXECUTION_TIME ->
                exchange.path().contains("/llm/")
                        ? api.textExecutionTime(
                                query.path("model").asText(),
                                query.path("min_vram").asLong())
                        : api.imageExecutionTime(
                                query.path("model").asText(),
                                query.path("variant").asText(),
                                query.path("min_vram").asLong());
        };
    }

    private static CompletableFuture<Answer<Void>> validate(RelayApi api, JsonNode json) {
        return api.validate(
                json.path("task_id").asText(),
                texts(json.path("task_id_commitments")),
                json.path("vrf_proof").asText(),
                json.path("public_key").asText());
    }

    private static Content checkpoint(Exchange exchange) {
        JsonNode files = exchange.request().path("body").path("multipart").path("files");
        return files.size() == 0
                ? null
                : Content.of(new byte[files.path(0).path("length").asInt()]);
    }

    /** The signed fields of a creation, made valid where they are not. */
    public static CreateFields fields(Exchange exchange) {
        JsonNode fields = exchange.signed().path("fields");
        String commitment = exchange.commitment();
        String nonce = fields.path("nonce").asText();
        BigInteger fee = fields.path("task_fee").asText().matches("[1-9][0-9]{0,26}")
                ? new BigInteger(fields.path("task_fee").asText())
                : BigInteger.ONE;
        return new CreateFields(
                isWord(commitment) ? commitment : WORD,
                isWord(nonce) ? nonce : WORD,
                fields.path("task_args").asText(),
                fields.path("task_type").asInt(),
                texts(fields.path("task_model_ids")),
                fields.path("min_vram").asLong(),
                fields.path("required_gpu").asText(),
                fields.path("required_gpu_vram").asLong(),
                fields.path("task_version").asText(),
                fields.path("task_size").asInt(),
                fee,
                fields.path("timeout").asLong());
    }

    private static boolean isWord(String text) {
        return text.matches("0x[0-9a-f]{64}");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
