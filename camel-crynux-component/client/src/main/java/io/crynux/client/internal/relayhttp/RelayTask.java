// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A task as the Relay returns it to its creator (classic protocol, section 2).
 *
 * @param status the Relay's number of the state: 0 to 4, or another one of a later Relay
 * @param taskType the contract's number of the kind; -1 if unknown
 * @param taskArgs the parameters as they were uploaded, or null before
 */
public record RelayTask(int status, int taskType, String taskArgs) {
    private static final String[] NAMES = {
        "created on chain", "parameters uploaded", "aborted", "pending results", "results uploaded"
    };

    static RelayTask of(JsonNode data) {
        String args = data.path("task_args").asText("");
        return new RelayTask(
                data.path("status").asInt(-1), data.path("task_type").asInt(-1), args.isEmpty() ? null : args);
    }

    /** The status in words. */
    public String statusName() {
        return status >= 0 && status < NAMES.length ? NAMES[status] : "status " + status;
    }

    /** Whether the Relay waits for the parameters. */
    boolean isWithoutParameters() {
        return status == 0;
    }

    /** The parameters as they were uploaded; empty before. */
    public Optional<String> parameters() {
        return Optional.ofNullable(taskArgs);
    }

    /** The parameters may contain a prompt. */
    @Override
    public String toString() {
        return "RelayTask[" + statusName() + "]";
    }
}
