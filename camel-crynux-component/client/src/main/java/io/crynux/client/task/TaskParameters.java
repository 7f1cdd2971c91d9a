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
}
