// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.result;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of tasks, by the number that the chain gives them. */
public enum TaskKind {
    /** Stable Diffusion images, task type 0. */
    SD(0),
    /** Text by a language model, task type 1. */
    GPT(1),
    /** LoRA fine-tuning of an image model, task type 2. */
    SD_FT_LORA(2);

    private final int taskType;

    TaskKind(int taskType) {
        this.taskType = taskType;
    }

    /** The number on the chain. */
    public int taskType() {
        return taskType;
    }

    /** The kind with that number; empty when there is none. */
    public static Optional<TaskKind> ofTaskType(int taskType) {
        return Arrays.stream(values()).filter(kind -> kind.taskType == taskType).findFirst();
    }
}
