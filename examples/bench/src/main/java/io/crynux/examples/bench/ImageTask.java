// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.util.Map;
import java.util.TreeMap;

/** The task of all routes: one picture, small so that the network's time does not dominate the client's. */
final class ImageTask {
    /** In CNX. */
    static final String FEE = "0.01";
    /** In pixels. */
    static final int SIDE = 256;
    /** In GB. */
    static final int VRAM_LIMIT = 8;

    private ImageTask() {}

    /** The parameters as JSON. */
    static String parameters(String prompt) {
        return Json.line(new TreeMap<>(Map.of(
                "base_model",
                "crynux-ai/stable-diffusion-v1-5",
                "prompt",
                prompt,
                "task_config",
                new TreeMap<>(Map.of("image_height", SIDE, "image_width", SIDE, "num_images", 1, "seed", 0)))));
    }
}
