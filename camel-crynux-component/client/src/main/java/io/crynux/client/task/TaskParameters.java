// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/**
 * The parameters of a task: what the nodes compute. Typed ({@link SdParameters}, {@link GptParameters}, {@link
 * SdFtLoraParameters}) or raw JSON.
 */
public interface TaskParameters {

    /** The kind of the task. */
    TaskKind kind();

    /**
     * The JSON text. On the classic network it is hashed, paid for and uploaded byte for byte. For today's Relay it is written
     * anew, with number of images, seed and {@code do_sample} if they are missing.
     */
    String json();

    /** Parameters from a JSON text, which is used as it is. */
    static TaskParameters ofJson(TaskKind kind, String json) {
        return new RawParameters(kind, json);
    }

    /** Validates the parameters of a task before it is paid for. */
    @FunctionalInterface
    interface Check {

        /** Accepts everything: the network finds mistakes only after the payment. */
        Check NONE = json -> {};

        /** @throws io.crynux.client.error.InvalidTaskException if the parameters are not valid */
        void check(String json);
    }
}
