// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.JournalException;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskState;

/** Which request a key names: here, or in the journal, perhaps of an earlier process. Used on the engine's loop only. */
final class KnownRequests {
    private final TaskEngine engine;

    KnownRequests(TaskEngine engine) {
        this.engine = engine;
    }

    /**
     * The job of an earlier submission with the same key, perhaps to an earlier process; or null.
     *
     * @throws JournalException when the journal does not know how the task has ended, as after a write that failed
     */
    TaskJob job(Submission submission) {
        TaskJob known = engine.tasks.job(submission.key());
        if (known != null || !submission.keptKey()) {
            return known;
        }
        return engine.journal().find(submission.key()).map(this::remembered).orElse(null);
    }

    private TaskJob remembered(TaskRecord record) {
        TaskJob job = engine.tasks.runOf(record.order().key()).map(TaskRun::job).orElseGet(() -> ended(record));
        engine.tasks.remember(job);
        return job;
    }

    private TaskJob ended(TaskRecord record) {
        if (!record.state().isEnd() || record.isRefused()) {
            throw new JournalException("The task journal could not be written when " + TaskLog.name(record)
                    + " ended, and has it as " + record.state()
                    + ". Nothing was signed; the task is taken up at the next"
                    + " start, when there is room on the disk");
        }
        return TaskJob.recovered(engine, record);
    }

    /** Whether a later attempt at the same request was charged, for good: whoever submits it again gets that one. */
    boolean isAnsweredByOther(TaskRecord refused) {
        String key = refused.order().idempotencyKey();
        return key != null
                && engine.journal()
                        .find(key)
                        .filter(TaskRecord::isSettled)
                        .filter(found -> found.state() != TaskState.REJECTED && found.state() != TaskState.REVERTED)
                        .isPresent();
    }
}
