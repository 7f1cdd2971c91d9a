// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids of the models that a task needs, derived from its parameters (relay protocol, section 6.2). The network has no ids for
 * refiner, VAE, UNet and textual inversion. The Relay does not compare ids and parameters, and nodes download only what the ids
 * name, so both must come from one source.
 */
final class ModelIds {
    /** Sizes of the columns for the base model in the Relay's database (24ffc26, models/inference_task.go). */
    private static final int MOST_NAME_CHARACTERS = 512;

    private static final int MOST_VARIANT_CHARACTERS = 191;

    /** Between ids in the Relay's database. */
    private static final String SEPARATOR = ";";

    private final List<String> ids = new ArrayList<>();
    private final List<Violation> refusals = new ArrayList<>();
    private final List<Violation> warnings = new ArrayList<>();

    static ModelIds of(TaskKind kind, JsonNode parameters) {
        ModelIds models = new ModelIds();
        switch (kind) {
            case SD -> {
                models.addBase(parameters.path("base_model"), "/base_model");
                models.add("lora:", parameters.path("lora").path("model").textValue(), null, "/lora/model", "");
                JsonNode controlnet = parameters.path("controlnet");
                models.add(
                        "controlnet:",
                        controlnet.path("model").textValue(),
                        controlnet.path("variant").textValue(),
                        "/controlnet/model",
                        "/controlnet/variant");
            }
            case GPT, SD_FT_LORA -> models.addBase(parameters.path("model"), "/model");
        }
        if (models.ids.isEmpty()) {
            models.refusals.add(new Violation("", "names no model, without which the Relay creates no task"));
        }
        return models;
    }

    /** The ids: the base model, then LoRA and ControlNet. */
    List<String> ids() {
        return List.copyOf(ids);
    }

    /** Names that the Relay would split, or the lack of any. */
    List<Violation> refusals() {
        return List.copyOf(refusals);
    }

    /** Names that do not fit into the Relay's database as its code declares it. */
    List<Violation> warnings() {
        return List.copyOf(warnings);
    }

    /** A name, or an object with a name and perhaps a variant. */
    private void addBase(JsonNode model, String pointer) {
        String namePointer = model.isTextual() ? pointer : pointer + "/name";
        String name = model.isTextual() ? model.textValue() : model.path("name").textValue();
        String variant = model.path("variant").textValue();
        add("base:", name, variant, namePointer, pointer + "/variant");
        warnIfLonger(name, namePointer, MOST_NAME_CHARACTERS);
        warnIfLonger(variant, pointer + "/variant", MOST_VARIANT_CHARACTERS);
    }

    /** Nodes name a model with an empty variant by its name alone. */
    private void add(String prefix, String name, String variant, String namePointer, String variantPointer) {
        if (name == null) {
            return;
        }
        refuseSeparator(name, namePointer);
        if (variant == null || variant.isEmpty()) {
            ids.add(prefix + name);
        } else {
            refuseSeparator(variant, variantPointer);
            ids.add(prefix + name + "+" + variant);
        }
    }

    private void refuseSeparator(String text, String pointer) {
        if (text.contains(SEPARATOR)) {
            refusals.add(new Violation(
                    pointer,
                    "contains ';', which separates the ids of models in the Relay's database; use a name or URL without"
                            + " it"));
        }
    }

    private void warnIfLonger(String text, String pointer, int most) {
        int characters = text == null ? 0 : text.codePointCount(0, text.length());
        if (characters > most) {
            warnings.add(new Violation(
                    pointer,
                    "has " + characters + " characters; the Relay's database stores " + most
                            + ", so that the Relay refuses the task"));
        }
    }
}
