// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;

/**
 * What the network's schemas accept and its Relay refuses all the same, after the payment: sizes that it cannot work out a price
 * of, and images that are none. Read from the Relay's code (24ffc26).
 */
public final class TaskRefusals {

    private TaskRefusals() {}

    /**
     * The refusals of parameters that the schema has accepted.
     *
     * @return where and what, in no particular order; empty if the Relay takes them
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
     * Refuses what the Relay would refuse.
     *
     * @throws InvalidTaskException with everything that {@link #of(TaskKind, String)} finds, if that is something
     */
    public static void check(TaskKind kind, String json) {
        List<Violation> refusals = of(kind, json);
        if (!refusals.isEmpty()) {
            throw new InvalidTaskException(
                    "The network's Relay refuses these parameters, after they are paid for; nothing was sent",
                    refusals);
        }
    }
}
