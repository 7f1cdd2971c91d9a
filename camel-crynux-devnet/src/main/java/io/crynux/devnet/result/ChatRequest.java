// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that a task asks for.
 *
 * @param question what the last user message says; empty when there is none
 * @param conversation the text of all messages
 * @param maxTokens the most tokens of one answer
 * @param answers how many answers
 * @param stops texts that end an answer
 */
record ChatRequest(
        String model,
        String question,
        String conversation,
        boolean hasImage,
        long seed,
        int maxTokens,
        int answers,
        List<String> stops) {
    private static final int DEFAULT_TOKENS = 256;
    private static final int MAX_ANSWERS = 16;

    static ChatRequest of(JsonNode parameters) throws TaskImpossibleException {
        String model = Workshop.available(parameters.path("model").asText());
        String question = "";
        var conversation = new StringBuilder();
        boolean hasImage = false;
        for (JsonNode message : parameters.path("messages")) {
            String text = text(message.path("content"));
            conversation.append(text).append('\n');
            if (message.path("role").asText().equals("user")) {
                question = text;
            }
            for (JsonNode block : message.path("content")) {
                hasImage |= block.path("type").asText().equals("image");
            }
        }
        JsonNode config = parameters.path("generation_config");
        int maxTokens = config.path("max_new_tokens").asInt(DEFAULT_TOKENS);
        int answers = config.path("num_return_sequences").asInt(1);
        if (maxTokens < 1) {
            throw new TaskImpossibleException("max_new_tokens is less than 1");
        }
        if (answers < 1 || answers > MAX_ANSWERS) {
            throw new TaskImpossibleException("num_return_sequences is not between 1 and " + MAX_ANSWERS);
        }
        List<String> stops = new ArrayList<>();
        config.path("stop_strings").forEach(stop -> stops.add(stop.asText()));
        return new ChatRequest(
                model,
                question.strip(),
                conversation.toString(),
                hasImage,
                parameters.path("seed").asLong(0),
                maxTokens,
                answers,
                List.copyOf(stops));
    }

    /** A message's content is a string, null, or an array of blocks of which those of text count. */
    private static String text(JsonNode content) {
        if (!content.isArray()) {
            return content.isTextual() ? content.textValue() : "";
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode block : content) {
            if (block.path("text").isTextual()) {
                texts.add(block.path("text").textValue());
            }
        }
        return String.join("\n", texts);
    }
}
