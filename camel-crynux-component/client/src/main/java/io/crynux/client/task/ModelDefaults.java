// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;

/**
 * The house's choices where the user makes none, in one place: models, how they are to be run, and what they ask of the
 * network. Source: the network's documentation, its bridge (32a2af0) and its Python SDK (e7c3cf6).
 */
public final class ModelDefaults {
    private static final String FP16 = "fp16";
    private static final String SDXL_TURBO = "crynux-network/sdxl-turbo";

    private static final Set<String> TURBO_MODELS =
            Set.of(SDXL_TURBO, "crynux-ai/sdxl-turbo", "stabilityai/sdxl-turbo");
    private static final Set<String> XL_MODELS = Set.of(
            "crynux-network/stable-diffusion-xl-base-1.0",
            "crynux-ai/stable-diffusion-xl-base-1.0",
            "stabilityai/stable-diffusion-xl-base-1.0");
    private static final Set<String> SD15_MODELS = Set.of(
            "crynux-network/stable-diffusion-v1-5",
            "crynux-ai/stable-diffusion-v1-5",
            "runwayml/stable-diffusion-v1-5");

    /** The models whose half-precision files the bridge asks for. */
    private static final Set<String> FP16_MODELS =
            Set.of(SDXL_TURBO, "crynux-network/stable-diffusion-xl-base-1.0", "crynux-network/stable-diffusion-v1-5");

    private ModelDefaults() {}

    /**
     * The model of a task that names none: {@code crynux-network/sdxl-turbo} for images (one step makes one), {@code
     * Qwen/Qwen2.5-7B-Instruct} for text. Fine-tuning has none: which model to train is the user's question.
     */
    public static Optional<String> model(TaskKind kind) {
        return switch (kind) {
            case SD -> Optional.of(SDXL_TURBO);
            case GPT -> Optional.of("Qwen/Qwen2.5-7B-Instruct");
            case SD_FT_LORA -> Optional.empty();
        };
    }

    /**
     * The least VRAM, in GB, that a node should have for a model: 8 for Stable Diffusion 1.5, 14 for SDXL and SDXL Turbo, 10
     * for other image models (the Python SDK's rule), 24 for text and for fine-tuning (bridge, docs). The documentation
     * advises more than 24 above 8 billion parameters; a name does not reveal their number, so set it yourself there.
     *
     * @param model as the parameters name it; null or unknown gives the kind's default
     */
    public static int vramLimit(TaskKind kind, String model) {
        if (kind != TaskKind.SD) {
            return 24;
        }
        if (model != null && SD15_MODELS.contains(model)) {
            return 8;
        }
        return model != null && (TURBO_MODELS.contains(model) || XL_MODELS.contains(model)) ? 14 : 10;
    }

    /**
     * The {@code cap} of a task, its size in the contract's eyes: the number of images for SD, 1 for the other kinds. The
     * network's document asks for 0 for text, but the contract queues a task at the price {@code value / cap} when no node
     * is free, so that 0 then reverts with Panic(0x12), a division by zero. Its reference bridge sends 1 as well.
     *
     * @param images the number of images that an SD task makes; other kinds do not look at it
     */
    public static int cap(TaskKind kind, int images) {
        return kind == TaskKind.SD ? images : 1;
    }

    /**
     * A model by name as image tasks write it: with the variant that the network's own models should be fetched in; others as
     * their name alone, the one form that all schemas take, those of July 2024 included.
     */
    static JsonNode imageModel(String name) {
        return FP16_MODELS.contains(name)
                ? ParameterTree.object().put("name", name).put("variant", FP16)
                : JsonNodeFactory.instance.textNode(name);
    }

    /**
     * How SDXL Turbo is to be run: Euler ancestral with trailing timesteps, no guidance, one step. No guidance is written as 1,
     * since diffusers guide above 1 only (pipeline_stable_diffusion_xl.py, {@code do_classifier_free_guidance}) and the
     * schemas of July 2024 refuse 0. Other models get nothing, because what is right for one is wrong for the next.
     */
    static void fillRecipe(ObjectNode parameters, String model) {
        if (!TURBO_MODELS.contains(model)) {
            return;
        }
        ObjectNode scheduler = ParameterTree.object().put("method", "EulerAncestralDiscreteScheduler");
        scheduler.putObject("args").put("timestep_spacing", "trailing");
        ParameterTree.fill(parameters, "scheduler", scheduler);
        ParameterTree.fill(parameters, "task_config", "steps", JsonNodeFactory.instance.numberNode(1));
        ParameterTree.fill(parameters, "task_config", "cfg", JsonNodeFactory.instance.numberNode(1));
    }
}
