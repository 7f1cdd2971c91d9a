// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import io.crynux.client.task.TaskRequest;
import java.time.Duration;
import java.util.Objects;

/**
 * How long an operation waits, and which results it takes.
 *
 * @param timeout until it fails; the task goes on in the network
 * @param maxResultBytes the longest result file that is taken
 * @param spoolThreshold the longest result file that is kept in memory
 */
public record OperationSettings(Duration timeout, long maxResultBytes, long spoolThreshold) {

    /** As for tasks: an hour, 256 MiB, 128 KiB. */
    public static final OperationSettings DEFAULT = new OperationSettings(
            TaskRequest.DEFAULT_TIMEOUT, TaskRequest.DEFAULT_MAX_RESULT_BYTES, TaskRequest.DEFAULT_SPOOL_THRESHOLD);

    public OperationSettings {
        Objects.requireNonNull(timeout, "timeout");
    }
}
