// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.board.TaskCard;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.result.TaskKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What tasks ask for and what came of them, in a few words. Reads each text once, as long as it is among the newest. */
final class Excerpts {
    private static final Logger LOG = LoggerFactory.getLogger(Excerpts.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WORDS = 160;
    private static final int KEPT = 500;

    /** Names texts by their hashes on the chain, so that a task's comeback under another id changes nothing. */
    private record Key(String taskHash, boolean uploaded, String result, int files) {}

    /**
     * A task in a few words.
     *
     * @param model null while the parameters are not known
     * @param prompt what was asked for, cut; null while the parameters are not known
     * @param answer the first words of a text; null for pictures and while there is none
     * @param files how many result files there are
     */
    record Excerpt(boolean uploaded, String model, String prompt, String answer, int files) {}

    private final Relay relay;
    private final Map<Key, Excerpt> read = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Excerpt> eldest) {
            return size() > KEPT;
        }
    };

    Excerpts(Relay relay) {
        this.relay = relay;
    }

    Excerpt of(TaskCard.Facts task) {
        Optional<String> parameters = relay.parameters(task.created().taskId());
        List<byte[]> files = relay.results(task.created().taskId());
        var key = new Key(task.created().taskHash(), parameters.isPresent(), task.result(), files.size());
        synchronized (read) {
            return read.computeIfAbsent(key, missing -> {
                JsonNode asked = parameters.map(Excerpts::parse).orElse(null);
                return new Excerpt(
                        asked != null,
                        asked == null ? null : cut(model(asked)),
                        asked == null ? null : cut(prompt(asked)),
                        answer(task, files).map(Excerpts::cut).orElse(null),
                        files.size());
            });
        }
    }

    /** The text of a text task's answer, its choices one after the other; empty while there is none. */
    static Optional<String> answer(TaskCard.Facts task, List<byte[]> files) {
        if (task.created().taskType() != TaskKind.GPT.taskType() || files.isEmpty()) {
            return Optional.empty();
        }
        try {
            List<String> choices = new ArrayList<>();
            JSON.readTree(files.get(0))
                    .path("choices")
                    .forEach(choice -> choices.add(choice.at("/message/content").asText()));
            return Optional.of(String.join("\n\n", choices));
        } catch (IOException e) {
            LOG.debug("The answer of task {} is not JSON", task.created().taskId(), e);
            return Optional.of("");
        }
    }

    /** The Relay has taken them for JSON; a limit of this parser may say otherwise. */
    private static JsonNode parse(String parameters) {
        try {
            return JSON.readTree(parameters);
        } catch (IOException e) {
            LOG.debug("Parameters cannot be read", e);
            return JSON.createObjectNode();
        }
    }

    private static String model(JsonNode parameters) {
        JsonNode model = parameters.path(parameters.has("base_model") ? "base_model" : "model");
        return model.isTextual() ? model.textValue() : model.path("name").asText();
    }

    private static String prompt(JsonNode parameters) {
        if (parameters.path("prompt").isTextual()) {
            return parameters.path("prompt").textValue();
        }
        String asked = "";
        for (JsonNode message : parameters.path("messages")) {
            if (message.path("role").asText().equals("user")) {
                asked = text(message.path("content"));
            }
        }
        return asked.isEmpty() ? parameters.at("/validation/prompt").asText() : asked;
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.textValue();
        }
        List<String> texts = new ArrayList<>();
        content.forEach(block -> texts.add(block.path("text").asText()));
        return String.join(" ", texts);
    }

    private static String cut(String text) {
        return cut(text, WORDS);
    }

    /** The first signs of a text, never half of one. */
    static String cut(String text, int signs) {
        return text.codePointCount(0, text.length()) <= signs
                ? text
                : text.substring(0, text.offsetByCodePoints(0, signs)) + "\u2026";
    }
}
