// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

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

    /** @throws IllegalArgumentException naming the setting that cannot be */
    public OperationSettings {
        Objects.requireNonNull(timeout, "timeout");
        require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "above 0");
        require(maxResultBytes > 0, "maxResultBytes", maxResultBytes, "above 0");
        require(spoolThreshold >= 0, "spoolThreshold", spoolThreshold, "0 or more");
    }

    private static void require(boolean valid, String setting, Object value, String allowed) {
        if (!valid) {
            throw new IllegalArgumentException(setting + " is " + value + "; it must be " + allowed);
        }
    }
}
