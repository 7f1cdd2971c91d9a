// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.PromptText;

/** Warnings on a message of a conversation that the schema accepts. */
final class GptMessageWarnings {
    private final JsonNode message;
    private final String pointer;
    private final Findings findings;

    GptMessageWarnings(JsonNode message, String pointer, Findings findings) {
        this.message = message;
        this.pointer = pointer;
        this.findings = findings;
    }

    /** @param model its name after the last slash, in lower case */
    void find(String model) {
        if (!message.isObject()) {
            return;
        }
        if (!message.has("role")) {
            findings.add(pointer, "has no role; the templates of chat models need one");
        }
        content(message.path("content"));
        JsonNode calls = message.path("tool_calls");
        for (int i = 0; i < calls.size(); i++) {
            arguments(
                    calls.path(i).path("function").path("arguments"),
                    pointer + "/tool_calls/" + i + "/function/arguments",
                    wantsText(model));
        }
    }

    private void content(JsonNode content) {
        boolean speaks = message.path("tool_calls").isEmpty();
        if (speaks && (content.isMissingNode() || content.isNull() || isBlank(content))) {
            findings.add(pointer, "has no content");
        }
    }

    private static boolean isBlank(JsonNode content) {
        return content.isTextual() && PromptText.isBlank(content.textValue());
    }

    private void arguments(JsonNode arguments, String where, boolean wantsText) {
        if (arguments.isTextual() && !wantsText) {
            findings.add(where, "is a string; the chat template of this model wants a JSON object");
        } else if (arguments.isObject() && wantsText) {
            findings.add(where, "is an object; the chat template of this model wants a string that holds one");
        }
    }

    private static boolean wantsText(String model) {
        return model.startsWith("deepseek-v3")
                || (model.startsWith("deepseek-r1") && !model.startsWith("deepseek-r1-distill-"));
    }
}
