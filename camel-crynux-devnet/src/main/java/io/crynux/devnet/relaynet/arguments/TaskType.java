// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

/** Types of tasks by the numbers of {@code task_type}. */
enum TaskType {
    /** 0, a Stable Diffusion picture. */
    IMAGE("sd", "stable-diffusion-task/main/schema/stable-diffusion-inference-task.json"),
    /** 1, a language model. */
    LANGUAGE("gpt", "gpt-task/refs/tags/v3.1.0/schema/gpt-inference-task.json"),
    /** 2, fine-tuning of a Stable Diffusion model. Numbers above it are checked as fine-tuning, and then have no price. */
    FINE_TUNING("sd-ft-lora", "stable-diffusion-task/main/schema/stable-diffusion-finetune-lora-task.json");

    private final Schema schema;

    TaskType(String file, String path) {
        schema = Schema.load(file + ".schema.json", "https://raw.githubusercontent.com/crynux-network/" + path);
    }

    static TaskType of(long number) {
        return number == 0 ? IMAGE : number == 1 ? LANGUAGE : FINE_TUNING;
    }

    static boolean isKnown(long number) {
        return number <= FINE_TUNING.ordinal();
    }

    /** What the Relay checks parameters with. */
    Schema schema() {
        return schema;
    }
}
