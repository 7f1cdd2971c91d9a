// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import io.crynux.client.error.InvalidTaskException.Violation;
import java.util.List;
import java.util.Objects;

/**
 * Parameters and terms of a task, checked, as they are sent to the Relay for each member of a group.
 *
 * @param parametersJson the {@code task_args}
 * @param terms what steers the dispatch
 * @param warnings what the Relay accepts although nodes fail on it or ignore it
 */
public record TaskForm(String parametersJson, RelayTerms terms, List<Violation> warnings) {

    public TaskForm {
        Objects.requireNonNull(parametersJson, "parametersJson");
        Objects.requireNonNull(terms, "terms");
        warnings = List.copyOf(warnings);
    }

    /** The parameters may contain a prompt, so they are left out. */
    @Override
    public String toString() {
        return "TaskForm[" + terms + "]";
    }
}
