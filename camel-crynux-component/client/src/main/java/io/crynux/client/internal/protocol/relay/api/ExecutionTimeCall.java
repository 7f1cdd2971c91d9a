// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.task.JsonFields;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Reads the coefficients of a model's execution time. Public. */
final class ExecutionTimeCall<T extends ExecutionTime> implements RelayCall<T> {
    private final RequestFactory requests;
    private final String path;
    private final Map<String, Object> query;
    private final Function<JsonFields, T> reader;

    private ExecutionTimeCall(
            RequestFactory requests, String path, Map<String, Object> query, Function<JsonFields, T> reader) {
        this.requests = requests;
        this.path = path;
        this.query = query;
        this.reader = reader;
    }

    /** @param minVram in GB */
    static ExecutionTimeCall<ExecutionTime.OfText> ofText(RequestFactory requests, String model, long minVram) {
        return new ExecutionTimeCall<>(
                requests,
                "/v2/models/llm/execution-time",
                query(model, "", minVram),
                fields -> new ExecutionTime.OfText(
                        fields.number("constant_seconds"),
                        fields.number("seconds_per_input_token"),
                        fields.number("seconds_per_output_token"),
                        fields.number("model_switch_seconds"),
                        fields.number("seconds_per_image"),
                        fields.number("seconds_per_megapixel")));
    }

    /**
     * @param variant of the model, or empty
     * @param minVram in GB
     */
    static ExecutionTimeCall<ExecutionTime.OfImage> ofImage(
            RequestFactory requests, String model, String variant, long minVram) {
        return new ExecutionTimeCall<>(
                requests,
                "/v2/models/sd/execution-time",
                query(model, variant, minVram),
                fields -> new ExecutionTime.OfImage(
                        fields.number("overhead_seconds"), fields.number("seconds_per_sd_pixel_step")));
    }

    private static Map<String, Object> query(String model, String variant, long minVram) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("model", model);
        if (!variant.isEmpty()) {
            query.put("variant", variant);
        }
        query.put("min_vram", minVram);
        return query;
    }

    @Override
    public CallName name() {
        return CallName.EXECUTION_TIME;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.get(path + RequestFactory.query(query));
    }

    @Override
    public T read(HttpReply reply) {
        return reader.apply(JsonFields.of(AnswerReader.data(reply)));
    }
}
