// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** The parameters of a task: what the nodes compute. Typed ({@link SdParameters}, {@link GptParameters}) or raw JSON. */
public interface TaskParameters {

    TaskKind kind();

    /** The JSON text that is hashed, paid for and uploaded, byte for byte. */
    String json();

    /** Parameters that are JSON text already; it is used as it is. */
    static TaskParameters ofJson(TaskKind kind, String json) {
        return new RawParameters(kind, json);
    }

    /** Looks at the parameters of a task before it is paid for; a schema's check method is one. */
    @FunctionalInterface
    interface Check {

        /** Lets everything pass: the network finds out what is wrong, after the payment. */
        Check NONE = json -> {};

        /** @throws io.crynux.client.error.InvalidTaskException when the task must not be run */
        void check(String json);
    }
}
