// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.image.ImageFormat;
import io.crynux.client.internal.json.PromptText;
import java.util.Base64;

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
        for (int i = 0; content.isArray() && i < content.size(); i++) {
            JsonNode image = content.path(i).path("base64");
            if (image.isTextual()) {
                image(image.textValue(), pointer + "/content/" + i + "/base64");
            }
        }
    }

    private static boolean isBlank(JsonNode content) {
        return content.isTextual() && PromptText.isBlank(content.textValue());
    }

    /** Nodes accept only strict base64, the Relay only images of these four formats. */
    private void image(String base64, String where) {
        if (base64.startsWith("data:")) {
            findings.refuse(where, "is a data URL; nodes accept the base64 text alone");
            return;
        }
        try {
            // Java's decoder accepts missing padding, the node's does not.
            if (base64.length() % 4 != 0) {
                throw new IllegalArgumentException("padding is missing");
            }
            if (ImageFormat.of(Base64.getDecoder().decode(base64)).isEmpty()) {
                findings.refuse(where, "is not a PNG, JPEG, GIF or WebP image; the Relay refuses other formats");
            }
        } catch (IllegalArgumentException e) {
            findings.refuse(
                    where, "is not strict base64 (standard alphabet, padding, no line breaks): " + e.getMessage());
        }
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
