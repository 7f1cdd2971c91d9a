// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import java.util.List;
import java.util.Map;

/** The members of the sections of task parameters, in the order of the network's documentation. */
public final class ParameterNames {
    /** Of {@code task_config} of image tasks. */
    public static final List<String> TASK_CONFIG =
            List.of("image_width", "image_height", "num_images", "steps", "cfg", "seed", "safety_checker");

    /** Of {@code generation_config} of text tasks. */
    public static final List<String> GENERATION_CONFIG = List.of(
            "max_new_tokens",
            "do_sample",
            "num_beams",
            "temperature",
            "typical_p",
            "top_k",
            "top_p",
            "min_p",
            "repetition_penalty",
            "num_return_sequences",
            "stop_strings");

    /** Of fine-tuning tasks, by section; "" has the sections and what is in none. */
    public static final Map<String, List<String>> FINE_TUNING = Map.ofEntries(
            Map.entry(
                    "",
                    List.of(
                            "model",
                            "dataset",
                            "validation",
                            "train_args",
                            "lora",
                            "transforms",
                            "mixed_precision",
                            "seed",
                            "checkpoint",
                            "version")),
            Map.entry("model", List.of("name", "variant", "revision")),
            Map.entry("dataset", List.of("name", "url", "config_name", "image_column", "caption_column")),
            Map.entry("validation", List.of("prompt", "num_images")),
            Map.entry(
                    "train_args",
                    List.of(
                            "learning_rate",
                            "scale_lr",
                            "batch_size",
                            "gradient_accumulation_steps",
                            "num_train_epochs",
                            "num_train_steps",
                            "max_train_epochs",
                            "max_train_steps",
                            "resolution",
                            "prediction_type",
                            "max_grad_norm",
                            "noise_offset",
                            "snr_gamma",
                            "lr_scheduler",
                            "adam_args")),
            Map.entry("lr_scheduler", List.of("lr_scheduler", "lr_warmup_steps")),
            Map.entry("adam_args", List.of("beta1", "beta2", "weight_decay", "epsilon")),
            Map.entry("lora", List.of("rank", "init_lora_weights", "target_modules")),
            Map.entry("transforms", List.of("center_crop", "random_flip")));

    private ParameterNames() {}
}
