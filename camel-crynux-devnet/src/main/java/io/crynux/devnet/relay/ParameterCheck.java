// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.result.TaskKind;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Refuses parameters that no Relay would take: no JSON object, or a member missing or of the wrong JSON type that the
 * kind of task cannot do without. The network's full schema is not checked here.
 */
final class ParameterCheck {
    private record Member(String name, String type, Predicate<JsonNode> rule) {}

    private static final Map<TaskKind, List<Member>> REQUIRED = Map.of(
            TaskKind.SD,
                    List.of(
                            new Member(
                                    "base_model",
                                    "a name or an object with a name",
                                    value -> named(value) || filled(value)),
                            new Member("prompt", "a non-empty string", ParameterCheck::filled),
                            new Member("task_config", "an object", JsonNode::isObject)),
            TaskKind.GPT,
                    List.of(
                            new Member("model", "a non-empty string", ParameterCheck::filled),
                            new Member("messages", "an array", JsonNode::isArray)),
            TaskKind.SD_FT_LORA,
                    List.of(
                            new Member("model", "an object with a name", ParameterCheck::named),
                            new Member("dataset", "an object", JsonNode::isObject),
                            new Member("validation", "an object", JsonNode::isObject),
                            new Member("train_args", "an object", JsonNode::isObject)));

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    void check(TaskKind kind, String args) throws RelayRefusal {
        JsonNode parsed = parse(args);
        if (parsed == null || !parsed.isObject()) {
            throw refusal("expected an object");
        }
        for (Member member : REQUIRED.get(kind)) {
            if (!parsed.has(member.name())) {
                throw refusal("missing property '" + member.name() + "'");
            }
            if (!member.rule().test(parsed.get(member.name()))) {
                throw refusal("'" + member.name() + "' must be " + member.type());
            }
        }
    }

    private JsonNode parse(String args) throws RelayRefusal {
        try {
            return json.readTree(args);
        } catch (JsonProcessingException e) {
            throw refusal("not a JSON text: " + e.getOriginalMessage());
        }
    }

    static RelayRefusal refusal(String why) {
        return new RelayRefusal("task_args", "Task args invalid: " + why);
    }

    private static boolean filled(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty();
    }

    private static boolean named(JsonNode value) {
        return value.isObject() && value.has("name") && filled(value.get("name"));
    }
}
