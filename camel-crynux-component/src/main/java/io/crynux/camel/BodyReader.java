// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskJson;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.NoTypeConversionAvailableException;

/** Reads what a body asks for: a prompt, or parameters, as the option bodyFormat says. */
final class BodyReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TaskKind kind;
    private final BodyFormat format;
    private final ParameterDefaults defaults;

    BodyReader(TaskKind kind, BodyFormat format, ParameterDefaults defaults) {
        this.kind = kind;
        this.format = format;
        this.defaults = defaults;
    }

    /** @throws InvalidTaskException when there is no body, or it cannot be what the format says */
    TaskParameters read(Message message) {
        Object body = message.getBody();
        if (body instanceof TaskParameters typed) {
            requireParametersAllowed("a " + typed.getClass().getSimpleName());
            return ofTyped(typed);
        }
        if (body instanceof Map || body instanceof List || body instanceof JsonNode) {
            requireParametersAllowed("structured data");
            return defaults.fill(kind, JSON.valueToTree(body));
        }
        String text = text(message, body);
        return switch (format) {
            case prompt -> defaults.prompt(kind, text);
            case parameters -> defaults.fill(kind, TaskJson.read(text));
            case auto -> ofText(text);
        };
    }

    private void requireParametersAllowed(String what) {
        if (format == BodyFormat.prompt) {
            throw new InvalidTaskException("The body is " + what
                    + ", but bodyFormat=prompt takes text only. Nothing was signed; send text, or set bodyFormat");
        }
    }

    private TaskParameters ofTyped(TaskParameters typed) {
        if (typed.kind() != kind) {
            throw new InvalidTaskException(
                    "The body has parameters of kind " + typed.kind().id() + ", but the endpoint runs crynux:"
                            + kind.id() + ". Nothing was signed; send it to the other endpoint");
        }
        return defaults.fill(typed);
    }

    /** Text is parameters where it is JSON that looks like them; any other text, JSON too, is a prompt. */
    private TaskParameters ofText(String text) {
        String trimmed = text.stripLeading();
        if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return defaults.prompt(kind, text);
        }
        JsonNode json;
        try {
            json = TaskJson.read(text);
        } catch (InvalidTaskException e) {
            if (mentionsParameters(text)) {
                // Broken parameters must not be paid for as a prompt.
                throw e;
            }
            return defaults.prompt(kind, text);
        }
        return isParameters(json) ? defaults.fill(kind, json) : defaults.prompt(kind, text);
    }

    private boolean isParameters(JsonNode json) {
        if (kind == TaskKind.GPT) {
            return json.has("messages") || (json.isArray() && json.path(0).has("content"));
        }
        return kind == TaskKind.SD_FT_LORA || json.has("prompt") || json.has("base_model");
    }

    private boolean mentionsParameters(String text) {
        return kind == TaskKind.GPT
                ? text.contains("\"messages\"")
                : text.contains("\"prompt\"") || text.contains("\"base_model\"");
    }

    private String text(Message message, Object body) {
        String text;
        try {
            text = body instanceof Path path
                    ? message.getExchange()
                            .getContext()
                            .getTypeConverter()
                            .mandatoryConvertTo(String.class, message.getExchange(), path.toFile())
                    : message.getMandatoryBody(String.class);
        } catch (InvalidPayloadException | NoTypeConversionAvailableException e) {
            throw new InvalidTaskException(
                    "The body (" + (body == null ? "none" : body.getClass().getName())
                            + ") is neither text nor parameters. Nothing was signed; send a prompt, or parameters as Map or"
                            + " JSON",
                    e);
        }
        if (text.isBlank()) {
            throw new InvalidTaskException("The body is empty. Nothing was signed; send a prompt or parameters");
        }
        return text;
    }
}
