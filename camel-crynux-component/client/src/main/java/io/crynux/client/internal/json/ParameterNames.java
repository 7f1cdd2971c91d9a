// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.json;

import java.util.List;

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

    private ParameterNames() {}
}
