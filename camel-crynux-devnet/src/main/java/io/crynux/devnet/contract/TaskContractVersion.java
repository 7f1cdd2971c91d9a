// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

/** Deployment of the Task contract. */
public enum TaskContractVersion {
    /** createTask with five arguments; types 0 (Stable Diffusion) and 1 (GPT). */
    FIVE_ARGUMENTS,
    /** createTask with a GPU's name and VRAM too; also type 2 (LoRA fine-tuning). */
    SEVEN_ARGUMENTS
}
