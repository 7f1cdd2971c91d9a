// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.settings;

import io.crynux.client.internal.settings.SettingCheck;
import io.crynux.client.task.TaskRequest;
import java.time.Duration;
import java.util.Objects;

/**
 * Timeout of an operation and limits of its result.
 *
 * @param timeout after which the operation fails; the network still works on the task
 * @param maxResultBytes maximum size of a result file, in bytes
 * @param spoolThreshold maximum size of a result file in memory, in bytes; larger files go to a temporary file
 */
public record OperationSettings(Duration timeout, long maxResultBytes, long spoolThreshold) {

    /** The defaults of task requests: an hour, 256 MiB, 128 KiB. */
    public static final OperationSettings DEFAULT = new OperationSettings(
            Duration.ofHours(1), TaskRequest.DEFAULT_MAX_RESULT_BYTES, TaskRequest.DEFAULT_SPOOL_THRESHOLD);

    /** @throws IllegalArgumentException naming the setting that is out of range */
    public OperationSettings {
        Objects.requireNonNull(timeout, "timeout");
        SettingCheck.require(!timeout.isNegative() && !timeout.isZero(), "timeout", timeout, "above 0");
        SettingCheck.require(maxResultBytes > 0, "maxResultBytes", maxResultBytes, "above 0");
        SettingCheck.requireAtLeast("spoolThreshold", spoolThreshold, 0);
    }
}
