// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of the models that a task needs, derived from its parameters (relay protocol, section 6.2). The network has no ids for
 * refiner, VAE, UNet and textual inversion. The Relay does not compare ids and parameters, and nodes download only what the ids
 * name, so both must come from one source.
 */
final class ModelIds {
    /** Limits of columns in the Relay's database (24ffc26, models/inference_task.go). */
    private static final int MOST_NAME_CHARACTERS = 512;

    private static final int MOST_VARIANT_CHARACTERS = 191;
    private static final int MOST_LIST_BYTES = 65_535;

    /** Between ids in the Relay's database. */
    private static final String SEPARATOR = ";";

    private final List<String> ids = new ArrayList<>();
    private final List<Violation> refusals = new ArrayList<>();

    /** Reads parameters that the schema has accepted. */
    static ModelIds of(TaskKind kind, JsonNode parameters) {
        ModelIds models = new ModelIds();
        switch (kind) {
            case SD -> {
                JsonNode base = parameters.path("base_model");
                if (base.isTextual()) {
                    models.add("base:", base, "/base_model");
                } else {
                    models.add("base:", base, "name", "/base_model");
                }
                models.add("lora:", parameters.path("lora").path("model"), "/lora/model");
                models.add("controlnet:", parameters.path("controlnet"), "model", "/controlnet");
            }
            case GPT -> models.add("base:", parameters.path("model"), "/model");
            case SD_FT_LORA -> models.add("base:", parameters.path("model"), "name", "/model");
        }
        if (models.ids.isEmpty()) {
            models.refuse("", "names no model, without which the Relay creates no task");
        }
        int bytes = String.join(SEPARATOR, models.ids).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_LIST_BYTES) {
            models.refuse("", "names models in " + bytes + " bytes, of which the Relay stores " + MOST_LIST_BYTES);
        }
        return models;
    }

    /** The ids: the base model, then LoRA and ControlNet. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    /** Names that the Relay cannot store. */
    List<Violation> refusals() {
        return List.copyOf(refusals);
    }

    private void add(String prefix, JsonNode name, String pointer) {
        if (name.isTextual()) {
            check(name.textValue(), pointer, MOST_NAME_CHARACTERS);
            ids.add(prefix + name.textValue());
        }
    }

    /** A model in an object that may have a variant; nodes name a model with an empty variant by its name alone. */
    private void add(String prefix, JsonNode model, String member, String pointer) {
        String variant = model.path("variant").textValue();
        if (variant == null || variant.isEmpty()) {
            add(prefix, model.path(member), pointer + "/" + member);
        } else {
            check(variant, pointer + "/variant", MOST_VARIANT_CHARACTERS);
            check(model.path(member).asText(), pointer + "/" + member, MOST_NAME_CHARACTERS);
            ids.add(prefix + model.path(member).asText() + "+" + variant);
        }
    }

    private void check(String text, String pointer, int mostCharacters) {
        if (text.contains(SEPARATOR)) {
            refuse(
                    pointer,
                    "contains ';', which separates the ids of models in the Relay's database; use a name or URL without"
                            + " it");
        }
        int characters = text.codePointCount(0, text.length());
        if (characters > mostCharacters) {
            refuse(pointer, "has " + characters + " characters, of which the Relay stores " + mostCharacters);
        }
    }

    private void refuse(String pointer, String problem) {
        refusals.add(new Violation(pointer, problem));
    }
}
