// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;

/** Failures of tasks that no network has heard of. What became of others, their protocol reports. */
final class TaskErrors {

    private TaskErrors() {}

    static TaskTimeoutException neverStarted(TaskRecord record, Admission admission) {
        return new TaskTimeoutException(
                "The deadline passed while the task waited unsigned for its turn: " + admission.describe()
                        + ". Nothing was spent",
                facts(record.order()));
    }

    /** The deadline of a submission that the client has not looked at. */
    static TaskTimeoutException neverBegun(TaskOrder order) {
        return new TaskTimeoutException(
                "The deadline passed before the client could begin with the task: the client's threads hang, in a signer,"
                        + " a journal or an observer that does not return. Nothing was spent",
                facts(order));
    }

    /** The client stopped before it had looked at a submission. */
    static CrynuxShutdownException shutdownBefore(TaskOrder order) {
        return new CrynuxShutdownException(
                "The client stopped before it could begin with the task. Nothing was spent", facts(order));
    }

    private static TaskFacts facts(TaskOrder order) {
        return new TaskFacts(null, null, order.feeWei(), null);
    }
}
