// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Kind of a task. The code is the contract's {@code taskType} (docs of the network, classic protocol). */
public enum TaskKind {
    /** Images by Stable Diffusion; the result is one PNG per image. */
    SD(0, "sd"),
    /** Text by a large language model; the result is one chat completion in JSON. */
    GPT(1, "gpt"),
    /** LoRA fine-tuning of a Stable Diffusion model; only on deployments whose createTask names a GPU. */
    SD_FT_LORA(2, "sd-ft-lora");

    private final int code;
    private final String id;

    TaskKind(int code, String id) {
        this.code = code;
        this.id = id;
    }

    /** The contract's number of the kind. */
    public int code() {
        return code;
    }

    /** The name in URIs and documents: {@code sd}, {@code gpt}, {@code sd-ft-lora}. */
    public String id() {
        return id;
    }

    /** The kind with the contract's number; empty for a number that this version does not know. */
    public static Optional<TaskKind> ofCode(long code) {
        return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }

    /** @throws IllegalArgumentException naming the known kinds */
    public static TaskKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Unknown task kind '" + id + "'; known kinds: "
                        + Arrays.stream(values()).map(TaskKind::id).collect(Collectors.joining(", "))));
    }
}
