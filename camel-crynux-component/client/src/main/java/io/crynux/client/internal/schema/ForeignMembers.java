// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.json.ParameterNames;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Unknown members of image parameters, which the schema accepts and nodes ignore, such as those of web UIs (AUTOMATIC1111,
 * ComfyUI), of diffusers and of OpenAI's image API. The result would be another image than expected, at full price.
 */
final class ForeignMembers {
    private static final Set<String> TOP = Set.of(
            "base_model",
            "prompt",
            "negative_prompt",
            "task_config",
            "lora",
            "controlnet",
            "refiner",
            "scheduler",
            "unet",
            "vae",
            "textual_inversion",
            "dtype",
            "version");

    private static final Set<String> CONFIG = Set.copyOf(ParameterNames.TASK_CONFIG);

    /** What to use instead, by the name in lower case without separators. */
    private static final Map<String, String> INSTEAD = instead();

    private ForeignMembers() {}

    static void check(JsonNode parameters, Findings findings) {
        check(parameters, "", TOP, findings);
        check(parameters.path("task_config"), "/task_config", CONFIG, findings);
    }

    private static void check(JsonNode object, String pointer, Set<String> known, Findings findings) {
        object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(pointer + "/" + name, "does nothing on this network" + hint(name)));
    }

    private static String hint(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[_\\s-]", "");
        String instead = INSTEAD.get(plain);
        return instead == null ? "" : "; " + instead;
    }

    private static Map<String, String> instead() {
        Map<String, String> names = new LinkedHashMap<>();
        put(names, "use task_config.steps", "steps", "num_inference_steps", "sampling_steps");
        put(names, "use task_config.cfg", "cfg", "cfg_scale", "guidance_scale", "guidance");
        put(names, "use task_config.image_width", "width", "image_width");
        put(names, "use task_config.image_height", "height", "image_height");
        put(names, "use task_config.image_width and task_config.image_height", "size", "image_size", "aspect_ratio");
        put(names, "use task_config.seed", "seed", "noise_seed", "subseed");
        put(
                names,
                "use task_config.num_images",
                "num_images",
                "batch_size",
                "n_iter",
                "n",
                "num_outputs",
                "num_images_per_prompt",
                "batch_count");
        put(names, "use task_config.safety_checker", "safety_checker", "safe_mode");
        put(names, "use scheduler.method", "sampler_name", "sampler_index", "sampler", "scheduler_name");
        put(names, "use negative_prompt", "negative_prompt", "negative", "uc");
        put(names, "use prompt", "prompt", "text", "inputs", "text_prompts", "messages", "input");
        put(
                names,
                "use base_model",
                "model",
                "base_model",
                "sd_model_checkpoint",
                "model_id",
                "ckpt_name",
                "checkpoint");
        put(names, "use lora", "loras", "lora");
        put(names, "move its members to prompt and task_config", "task_config", "parameters", "override_settings");
        put(names, "use controlnet.image_dataurl for an input image", "init_images", "init_image", "image", "mask");
        put(names, "images come as PNG files", "response_format", "output_format", "quality", "style");
        return Map.copyOf(names);
    }

    private static void put(Map<String, String> names, String instead, String... foreign) {
        for (String name : foreign) {
            names.put(name.replace("_", ""), instead);
        }
    }
}
