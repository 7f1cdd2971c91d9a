// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskKind;
import io.crynux.client.task.TaskParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * What a body can mean as the parameters of a task that is paid for already: text as it is, the taskArgs in the JSON of
 * waitFor=prepared, or whatever a producer would make of it. Only the one whose hash was paid for counts, so a body that has
 * nothing to do with it does no harm.
 */
final class PaidParameters implements Function<TaskKind, List<String>> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TASK_ARGS = "taskArgs";

    private final Message body;
    private final String text;

    PaidParameters(Message in) {
        Object given = in.getBody();
        boolean structured = StructuredBody.is(given) || given instanceof TaskParameters;
        this.text = structured || given == null ? null : text(in);
        this.body = new DefaultMessage(in.getExchange());
        this.body.setBody(structured ? given : text);
    }

    private static String text(Message in) {
        try {
            return new BodyText(in).read();
        } catch (InvalidTaskException e) {
            // It is no text at all; that is told where nothing else fits either.
            return null;
        }
    }

    @Override
    public List<String> apply(TaskKind kind) {
        List<String> candidates = new ArrayList<>();
        if (text != null) {
            candidates.add(text);
            prepared(text, candidates);
        } else if (body.getBody() instanceof Map || body.getBody() instanceof JsonNode) {
            add(JSON.valueToTree(body.getBody()), candidates);
        } else if (body.getBody() instanceof TaskParameters typed) {
            candidates.add(typed.json());
        }
        if (body.getBody() != null) {
            asOfProducer(kind, candidates);
        }
        return candidates;
    }

    private static void prepared(String text, List<String> candidates) {
        if (text.stripLeading().startsWith("{")) {
            try {
                add(TaskJson.read(text), candidates);
            } catch (InvalidTaskException e) {
                // No JSON: it may be a prompt.
                return;
            }
        }
    }

    private static void add(JsonNode json, List<String> candidates) {
        if (json.path(TASK_ARGS).isTextual()) {
            candidates.add(json.path(TASK_ARGS).textValue());
        }
    }

    private void asOfProducer(TaskKind kind, List<String> candidates) {
        try {
            candidates.add(new BodyReader(
                            kind, BodyFormat.auto, ParameterDefaults.builder().build())
                    .read(body)
                    .json());
        } catch (InvalidTaskException e) {
            // It is no parameters at all; that is told where nothing else fits either.
            return;
        }
    }
}
