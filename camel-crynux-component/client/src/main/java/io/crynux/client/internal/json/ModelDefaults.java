// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The client's default models and how they run. Source: the network's documentation, its bridge (32a2af0) and its Python SDK
 * (e7c3cf6).
 */
public final class ModelDefaults {
    private static final String FP16 = "fp16";
    private static final String SDXL_TURBO = "crynux-network/sdxl-turbo";

    /** The model of an image task that names none; one step makes an image. */
    public static final String IMAGE_MODEL = SDXL_TURBO;

    /** The model of a text task that names none. Fine-tuning has no default: the user decides which model to train. */
    public static final String TEXT_MODEL = "Qwen/Qwen2.5-7B-Instruct";

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

    /** Whether the model is Stable Diffusion 1.5. */
    public static boolean isStableDiffusion15(String model) {
        return SD15_MODELS.contains(model);
    }

    /** Whether the model is Stable Diffusion XL or its Turbo variant. */
    public static boolean isStableDiffusionXl(String model) {
        return TURBO_MODELS.contains(model) || XL_MODELS.contains(model);
    }

    /**
     * An image model as the parameters name it: the network's own models with their half-precision variant, others by name
     * alone, which all schemas accept, including those of July 2024.
     */
    public static JsonNode imageModel(String name) {
        return FP16_MODELS.contains(name)
                ? ParameterTree.object().put("name", name).put("variant", FP16)
                : JsonNodeFactory.instance.textNode(name);
    }

    /**
     * Settings for SDXL Turbo: Euler ancestral with trailing timesteps, no guidance, one step. No guidance is written as 1,
     * since diffusers guide above 1 only (pipeline_stable_diffusion_xl.py, {@code do_classifier_free_guidance}) and the
     * schemas of July 2024 refuse 0. Other models get no settings, because each needs its own.
     */
    public static void fillRecipe(ObjectNode parameters, String model) {
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
