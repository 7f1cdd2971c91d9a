// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.ParameterNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Warnings on text tasks that would be paid for and fail, or have members that nodes ignore. */
final class GptWarnings {
    private static final String CONFIG = "/generation_config";

    /** Members of other APIs, which the schema accepts as unknown members, and what to use instead. */
    private static final Map<String, String> FOREIGN = foreign();

    private static final Set<String> DEEPSEEK_V32_TEMPLATE_ARGS =
            Set.of("thinking", "enable_thinking", "thinking_mode", "context", "drop_thinking", "add_default_bos_token");

    private final JsonNode parameters;
    private final Findings findings;

    GptWarnings(JsonNode parameters, Findings findings) {
        this.parameters = parameters;
        this.findings = findings;
    }

    void find() {
        findings.checkModelName(parameters.path("model"), "/model", false);
        JsonNode messages = parameters.path("messages");
        if (messages.isArray() && messages.isEmpty()) {
            findings.add("/messages", "is empty: there is nothing to answer");
        }
        String model = shortName(parameters.path("model").asText());
        for (int i = 0; i < messages.size(); i++) {
            new GptMessageWarnings(messages.path(i), "/messages/" + i, findings).find(model);
        }
        new MessageImages(findings).check(messages, "/messages");
        generationConfig(parameters.path("generation_config"));
        PriceFactors.checkText(parameters, findings);
        topLevel();
        templateArgs(model);
    }

    private void generationConfig(JsonNode config) {
        JsonNode tokens = config.path("max_new_tokens");
        if (tokens.isIntegralNumber() && tokens.bigIntegerValue().signum() == 0) {
            findings.add(CONFIG + "/max_new_tokens", "is 0: there is no answer to generate");
        }
        FOREIGN.forEach((name, instead) -> {
            if (config.has(name)) {
                findings.add(CONFIG + "/" + name, "does nothing on this network; " + instead);
            }
        });
    }

    private void topLevel() {
        FOREIGN.forEach((name, instead) -> {
            if (parameters.has(name)) {
                findings.add("/" + name, "does nothing on this network; " + instead);
            }
        });
        for (String name : new TreeSet<>(ParameterNames.GENERATION_CONFIG)) {
            if (parameters.has(name)) {
                findings.add("/" + name, "does nothing here; move it to generation_config");
            }
        }
        if (parameters.has("stream")) {
            findings.add("/stream", "does nothing on this network: an answer comes as a whole");
        }
    }

    private void templateArgs(String model) {
        if (!model.startsWith("deepseek-v3.2")) {
            return;
        }
        parameters.path("template_args").fieldNames().forEachRemaining(name -> {
            if (!DEEPSEEK_V32_TEMPLATE_ARGS.contains(name)) {
                findings.add(
                        "/template_args", "has the member " + ValueText.quoted(name) + ", which this model ignores");
            }
        });
    }

    /** Nodes use the part of a model's name after the last slash, ignoring case. */
    private static String shortName(String model) {
        return model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> foreign() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("max_tokens", "use generation_config.max_new_tokens");
        names.put("max_completion_tokens", "use generation_config.max_new_tokens");
        names.put("stop", "use generation_config.stop_strings, an array");
        names.put("n", "use generation_config.num_return_sequences");
        names.put("frequency_penalty", "the nearest is generation_config.repetition_penalty");
        names.put("presence_penalty", "the nearest is generation_config.repetition_penalty");
        names.put("response_format", "ask for the format in a message");
        names.put("prompt", "use messages");
        names.put("input", "use messages");
        names.put("instructions", "use a message with the role system");
        names.put("system", "use a message with the role system");
        names.put("max_length", "use generation_config.max_new_tokens");
        names.put("maxTokens", "use generation_config.max_new_tokens");
        names.put("functions", "use tools");
        names.put("tool_choice", "ask for the tool in a message");
        return names;
    }
}
