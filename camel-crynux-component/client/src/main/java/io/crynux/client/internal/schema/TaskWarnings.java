// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;

/**
 * What the network's schemas accept and its nodes then fail on, or silently ignore: the task would be paid for and fail, or do
 * something else than it says. What the Relay refuses for certain is in {@link TaskRefusals}. Read from the code of the Relay (24ffc26), of the nodes (7161161) and of what
 * they run (stable-diffusion-task 4088ef8, gpt-task 3c5d3ae), so advice rather than law: a warning refuses nothing.
 */
public final class TaskWarnings {

    private TaskWarnings() {}

    /**
     * The warnings on parameters that the schema has accepted.
     *
     * @return where and what, in no particular order; empty if nothing is known against the parameters
     * @throws InvalidTaskException if the text cannot be read as JSON
     */
    public static List<Violation> of(TaskKind kind, String json) {
        return of(kind, TaskJson.read(json));
    }

    /** As {@link #of(TaskKind, String)}. */
    public static List<Violation> of(TaskKind kind, JsonNode parameters) {
        return Findings.of(kind, parameters).warnings();
    }
}
