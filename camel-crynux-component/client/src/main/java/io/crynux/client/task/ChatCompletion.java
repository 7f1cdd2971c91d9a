// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The result of a text task: {@code {"model", "choices": [{"index", "message": {"role", "content"}, "finish_reason"}],
 * "usage": {"prompt_tokens", "completion_tokens", "total_tokens"}}} (task parameters of the network, section 3.5).
 *
 * @param json the whole result, as the node returned it
 * @param text the content of the first choice
 * @param finishReason why the model stopped: "stop" or "length"; null if the node does not report it
 * @param promptTokens null if the node does not report it
 * @param completionTokens over all choices; null if the node does not report it
 * @param totalTokens null if the node does not report it
 */
public record ChatCompletion(
        String json,
        String text,
        String finishReason,
        Integer promptTokens,
        Integer completionTokens,
        Integer totalTokens) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException if the bytes are not a chat completion with at least one choice */
    public static ChatCompletion parse(byte[] bytes) {
        JsonNode root;
        try {
            root = JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("The text result is not JSON", e);
        }
        JsonNode choice = root.path("choices").path(0);
        JsonNode content = choice.path("message").path("content");
        if (!content.isTextual()) {
            throw new IllegalArgumentException("The text result has no choices[0].message.content");
        }
        JsonNode usage = root.path("usage");
        return new ChatCompletion(
                new String(bytes, StandardCharsets.UTF_8),
                content.textValue(),
                choice.path("finish_reason").textValue(),
                tokens(usage, "prompt_tokens"),
                tokens(usage, "completion_tokens"),
                tokens(usage, "total_tokens"));
    }

    private static Integer tokens(JsonNode usage, String member) {
        JsonNode count = usage.path(member);
        return count.canConvertToInt() && count.isIntegralNumber() ? count.intValue() : null;
    }
}
