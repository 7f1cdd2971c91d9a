// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

/** Types of tasks by the numbers of {@code task_type}. */
enum TaskType {
    /** 0, a Stable Diffusion picture. */
    IMAGE,
    /** 1, a language model. */
    LANGUAGE,
    /** 2, fine-tuning of a Stable Diffusion model. Numbers above it are checked as fine-tuning, and then have no price. */
    FINE_TUNING;

    private static final long LARGEST = 2;

    static TaskType of(long number) {
        return number == 0 ? IMAGE : number == 1 ? LANGUAGE : FINE_TUNING;
    }

    static boolean isKnown(long number) {
        return number <= LARGEST;
    }
}
