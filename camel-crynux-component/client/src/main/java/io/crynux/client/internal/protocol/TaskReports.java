// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.ResultFile;
import io.crynux.client.task.TaskResult;
import java.util.List;

/**
 * How a protocol reports what became of a task, from its record: what happened, to which task, what became of the money and
 * what to do. Called on any thread.
 */
public interface TaskReports {

    /** What its submitter gets. */
    TaskResult result(TaskRecord record, List<ResultFile> files);

    /** How the task ended; null for one that ended well or not yet. */
    CrynuxException end(TaskRecord record);

    /** The deadline of a task passed. */
    CrynuxException timedOut(TaskRecord record);

    /** A step of the client threw what nobody expects. */
    CrynuxException broken(TaskRecord record, Throwable error);

    /** The client stopped while the task was under way. */
    CrynuxShutdownException shutdown(TaskRecord record);

    /** The deadline passed, or the client stopped, while the client's own threads hang: nobody can look whether it was paid. */
    CrynuxException unknown(TaskRecord record, boolean stopped);

    /** The result of a task that succeeded could not be downloaded. */
    ResultUnavailableException resultUnavailable(TaskRecord record, Throwable error);
}
