// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;

/**
 * Parameters that the network's schemas accept although its Relay refuses them after the payment: sizes for which it cannot
 * calculate a price, and invalid images. From the Relay's code (24ffc26).
 */
public final class TaskRefusals {

    private TaskRefusals() {}

    /**
     * The refusals of parameters that the schema has accepted.
     *
     * @return the refusals, in no particular order; empty if the Relay accepts the parameters
     * @throws InvalidTaskException if the text cannot be read as JSON
     */
    public static List<Violation> of(TaskKind kind, String json) {
        return of(kind, TaskJson.read(json));
    }

    /** As {@link #of(TaskKind, String)}. */
    public static List<Violation> of(TaskKind kind, JsonNode parameters) {
        return Findings.of(kind, parameters).refusals();
    }

    /**
     * Checks that the Relay accepts the parameters.
     *
     * @throws InvalidTaskException with all refusals of {@link #of(TaskKind, String)}, if there are any
     */
    public static void check(TaskKind kind, String json) {
        List<Violation> refusals = of(kind, json);
        if (!refusals.isEmpty()) {
            throw new InvalidTaskException(
                    "The network's Relay would refuse these parameters after the payment; nothing was sent", refusals);
        }
    }
}
