// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;

/**
 * Parameters that the network's schemas accept although nodes fail on them, or silently ignore them: the task would be paid for
 * and fail, or do something else. {@link TaskRefusals} has what the Relay always refuses. From the code of the Relay (24ffc26),
 * of the nodes (7161161) and of their programs (stable-diffusion-task 4088ef8, gpt-task 3c5d3ae); other versions may differ, so
 * a warning does not refuse a task.
 */
public final class TaskWarnings {

    private TaskWarnings() {}

    /**
     * The warnings on parameters that the schema has accepted.
     *
     * @return the warnings, in no particular order
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
