// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.JournalException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.journal.TaskRecord;
import java.util.concurrent.RejectedExecutionException;

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

    static InvalidTaskException otherRequest(Submission submission) {
        return new InvalidTaskException("idempotencyKey '" + submission.key()
                + "' was used for another request. Nothing was signed; give each request a key of its own");
    }

    static RejectedExecutionException tooMany(Admission admission) {
        return new RejectedExecutionException("Too many tasks are in progress: " + admission.describe()
                + ". Nothing was signed; send less at a time, or raise maxInFlight, maxUnstarted or maxWaiting");
    }

    /** The journal could not say whether the request is known. */
    static JournalException notClaimed(Throwable cause) {
        return cause instanceof JournalException known
                ? known
                : new JournalException(
                        "The task journal failed to look up the request: " + cause + ". Nothing was signed", cause);
    }

    /** The journal does not know how a task has ended, as after a write that failed. */
    static JournalException unknownEnd(TaskRecord record) {
        return new JournalException("The task journal could not be written when " + TaskLog.name(record)
                + " ended, and has it as " + record.state()
                + ". Nothing was signed; the task is taken up at the next"
                + " start, when there is room on the disk");
    }

    private static TaskFacts facts(TaskOrder order) {
        return new TaskFacts(null, null, order.feeWei(), null);
    }
}
