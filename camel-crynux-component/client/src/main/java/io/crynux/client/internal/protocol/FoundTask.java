// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.journal.TaskRecord;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A task of the account that another program began, as it was found on the network.
 *
 * @param record what is known of it, as if it had been committed here
 * @param isSame whether a record of this process is of the same task
 * @param replay reports to an attempt that was recovered from the record what has happened since, and lets it go on
 * @param release frees what the lookup holds; to be run where the task is not adopted in the end
 */
public record FoundTask(TaskRecord record, Predicate<TaskRecord> isSame, Consumer<Attempt> replay, Runnable release) {}
