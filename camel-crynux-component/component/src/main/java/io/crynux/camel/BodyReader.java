// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.PromptText;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import java.util.regex.Pattern;
import org.apache.camel.Message;

/** Reads a body as a prompt or as parameters, according to the option bodyFormat. */
final class BodyReader {
    /** What {@code Object.toString()} gives, and JavaScript's. */
    private static final Pattern OBJECT_AS_TEXT = Pattern.compile(
            "(?:\\[+(?:[BCDFIJSZ]|L[\\w.$]+;)|[\\w.$]+(?:/0x[0-9a-f]+)?)@(?=[a-f]*[0-9])[0-9a-f]{5,8}|\\[object \\w+]");

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
        if (StructuredBody.is(body)) {
            requireParametersAllowed("structured data");
            return ofJson(StructuredBody.json(body));
        }
        String text = new BodyText(message).read();
        if (OBJECT_AS_TEXT.matcher(text.strip()).matches()) {
            throw new InvalidTaskException(
                    "The body is '" + text.strip()
                            + "', which is the toString() of an object and not its content. Nothing was signed; send the content");
        }
        return switch (format) {
            case prompt -> defaults.prompt(kind, text);
            case parameters -> ofJson(TaskJson.read(text));
            case auto -> ofText(text);
        };
    }

    private void requireParametersAllowed(String what) {
        if (format == BodyFormat.prompt) {
            throw new InvalidTaskException("The body is " + what
                    + ", but bodyFormat=prompt accepts text only. Nothing was signed; send text, or set bodyFormat");
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

    private TaskParameters ofJson(JsonNode json) {
        if (ParameterText.isListOfTexts(json)) {
            throw new InvalidTaskException(
                    "The body is a list of " + json.size() + " texts, which is neither one prompt nor"
                            + (kind == TaskKind.GPT ? " messages with role and content" : " an object with parameters")
                            + ". Nothing was signed; split the list, or set bodyFormat=prompt if its JSON is the prompt");
        }
        if (saysNothing(json)) {
            throw new InvalidTaskException("The body is empty: there is no visible text in its "
                    + (kind == TaskKind.GPT ? "messages" : "prompt")
                    + ". Nothing was signed; put a prompt there, or leave it out where taskArgs has one");
        }
        return defaults.fill(kind, json);
    }

    private boolean saysNothing(JsonNode json) {
        if (kind != TaskKind.GPT) {
            return isBlank(json.path("prompt"));
        }
        JsonNode messages = json.isArray() ? json : json.path("messages");
        return messages.isArray()
                && messages.valueStream()
                        .allMatch(message -> isBlank(message.path("content")) && !message.has("tool_calls"));
    }

    private static boolean isBlank(JsonNode text) {
        return text.isTextual() && PromptText.isBlank(text.textValue());
    }

    /** Text is parameters where it is JSON that looks like them; any other text, JSON too, is a prompt. */
    private TaskParameters ofText(String text) {
        String trimmed = text.strip();
        boolean meant = ParameterText.isMeant(kind, trimmed);
        if (!meant && !trimmed.startsWith("{") && !trimmed.startsWith("[")) {
            return defaults.prompt(kind, text);
        }
        JsonNode json;
        try {
            json = TaskJson.read(trimmed);
        } catch (InvalidTaskException e) {
            if (meant) {
                throw new InvalidTaskException(
                        "The body looks like parameters, but is not valid JSON. Nothing was signed; correct it, or set"
                                + " bodyFormat=prompt if it is a prompt",
                        e.violations());
            }
            return defaults.prompt(kind, text);
        }
        boolean parameters = json.isContainerNode() ? ParameterText.isParameters(kind, json) : meant;
        return parameters ? ofJson(json) : defaults.prompt(kind, text);
    }
}
