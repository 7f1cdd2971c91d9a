// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects warnings and refusals; has the checks that all kinds of tasks share. */
final class Findings {
    private final List<Violation> warnings = new ArrayList<>();
    private final List<Violation> refusals = new ArrayList<>();

    /** All warnings and refusals on parameters that the schema accepts. */
    static Findings of(TaskKind kind, JsonNode parameters) {
        Findings findings = new Findings();
        switch (kind) {
            case SD -> new SdWarnings(parameters, findings).find();
            case GPT -> new GptWarnings(parameters, findings).find();
            case SD_FT_LORA -> new SdFtLoraWarnings(parameters, findings).find();
        }
        return findings;
    }

    /** Parameters that nodes fail on or ignore. */
    List<Violation> warnings() {
        return List.copyOf(warnings);
    }

    /** Parameters that the Relay refuses. */
    List<Violation> refusals() {
        return List.copyOf(refusals);
    }

    void add(String pointer, String problem) {
        warnings.add(new Violation(pointer, problem));
    }

    void refuse(String pointer, String problem) {
        refusals.add(new Violation(pointer, problem));
    }

    /** Checks the name of a model: the Relay puts it into ids such as {@code base:name+variant} in lower case. */
    void checkModelName(JsonNode name, String pointer, boolean urlAllowed) {
        String text = name.asText();
        if (!name.isTextual() || text.isEmpty()) {
            return;
        }
        if (text.indexOf('+') >= 0) {
            add(
                    pointer,
                    "contains '+', which separates the variant in the network's model ids: the name is split there");
        }
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            return;
        }
        if (!urlAllowed) {
            add(pointer, "is a URL; nodes load this model from Hugging Face by its name only");
        } else if (!text.equals(text.toLowerCase(Locale.ROOT))) {
            add(
                    pointer,
                    "is a URL with capital letters; it is downloaded under its lower-cased form and looked up as it stands,"
                            + " so the node does not find it");
        }
    }

    /** The versions of the schema and of the nodes differ. */
    void checkVersion(JsonNode parameters) {
        if ("2.5.2".equals(parameters.path("version").textValue())) {
            add("/version", "is 2.5.2, which the Relay accepts and the nodes refuse; leave it out");
        }
    }
}
