// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.golang.GoUri;
import io.crynux.devnet.result.TaskKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Refuses parameters that the Relay would not take: no JSON object, a member missing or of the wrong JSON type that the kind
 * of task cannot do without, a data set's URL that is none, and what the schemas of July 2024 refuse and today's do not. The
 * network's full schema is not checked here.
 */
final class ParameterCheck {
    private record Rule(String pointer, boolean required, String type, Predicate<JsonNode> test) {}

    private static final int MAX_URL = 2083;

    private static final Map<TaskKind, List<Rule>> TODAY = Map.of(
            TaskKind.SD,
            List.of(
                    required("/base_model", "a name or an object with a name", value -> named(value) || filled(value)),
                    required("/prompt", "a non-empty string", ParameterCheck::filled),
                    required("/task_config", "an object", JsonNode::isObject),
                    optional("/task_config/cfg", "a number from 0 to 20", value -> isWithin(value, 0, 20))),
            TaskKind.GPT,
            List.of(
                    required("/model", "a non-empty string", ParameterCheck::filled),
                    required("/messages", "an array", JsonNode::isArray)),
            TaskKind.SD_FT_LORA,
            List.of(
                    required("/model", "an object with a name", ParameterCheck::named),
                    required("/dataset", "an object", JsonNode::isObject),
                    optional("/dataset/url", "an absolute URI", value -> value.isNull() || isUri(value)),
                    required("/validation", "an object", JsonNode::isObject),
                    required("/train_args", "an object", JsonNode::isObject)));

    private static final Map<TaskKind, List<Rule>> JULY_2024 = Map.of(
            TaskKind.SD,
            List.of(
                    required("/base_model", "a non-empty string", ParameterCheck::filled),
                    required("/prompt", "a non-empty string", ParameterCheck::filled),
                    required("/task_config", "an object", JsonNode::isObject),
                    optional(
                            "/task_config/cfg",
                            "a whole number from 1 to 20",
                            value -> isWithin(value, 1, 20) && isWhole(value)),
                    optional("/controlnet", "null or an object with an image", ParameterCheck::hasImage)),
            TaskKind.GPT,
            List.of(
                    required("/model", "a non-empty string", ParameterCheck::filled),
                    required("/messages", "an array of role and text", ParameterCheck::isConversation)));

    private static final Set<String> ROLES_OF_JULY_2024 = Set.of("system", "user", "assistant");

    private final ObjectMapper json = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final Map<TaskKind, List<Rule>> rules;

    ParameterCheck(RelaySchemas schemas) {
        this.rules = schemas == RelaySchemas.JULY_2024 ? JULY_2024 : TODAY;
    }

    void check(TaskKind kind, String args) throws RelayRefusal {
        JsonNode parsed = parse(args);
        if (parsed == null || !parsed.isObject()) {
            throw refusal("expected an object");
        }
        List<Rule> ofKind = rules.get(kind);
        if (ofKind == null) {
            throw refusal("this Relay has no schema for fine-tuning");
        }
        for (Rule rule : ofKind) {
            JsonNode value = parsed.at(rule.pointer());
            String name = rule.pointer().substring(1);
            if (value.isMissingNode()) {
                if (rule.required()) {
                    throw refusal("missing property '" + name + "'");
                }
            } else if (!rule.test().test(value)) {
                throw refusal("'" + name + "' must be " + rule.type());
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

    private static Rule required(String pointer, String type, Predicate<JsonNode> test) {
        return new Rule(pointer, true, type, test);
    }

    private static Rule optional(String pointer, String type, Predicate<JsonNode> test) {
        return new Rule(pointer, false, type, test);
    }

    private static boolean filled(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty();
    }

    private static boolean named(JsonNode value) {
        return value.isObject() && value.has("name") && filled(value.get("name"));
    }

    private static boolean isUri(JsonNode value) {
        return filled(value) && value.textValue().codePoints().count() <= MAX_URL && GoUri.isUri(value.textValue());
    }

    private static boolean isWithin(JsonNode value, int least, int most) {
        return value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most;
    }

    private static boolean isWhole(JsonNode value) {
        return new BigDecimal(value.doubleValue()).stripTrailingZeros().scale() <= 0;
    }

    private static boolean hasImage(JsonNode controlnet) {
        return controlnet.isNull() || (controlnet.isObject() && filled(controlnet.path("image_dataurl")));
    }

    private static boolean isConversation(JsonNode messages) {
        return messages.isArray()
                && messages.valueStream()
                        .allMatch(message -> message.path("content").isTextual()
                                && ROLES_OF_JULY_2024.contains(
                                        message.path("role").asText()));
    }
}
