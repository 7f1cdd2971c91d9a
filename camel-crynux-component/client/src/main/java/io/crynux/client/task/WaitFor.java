// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** How far a submission goes before its caller goes on. */
public enum WaitFor {
    /** The result is downloaded. */
    RESULT(TaskState.DONE),
    /** The nodes agreed on a result; it is not downloaded. */
    SUCCESS(TaskState.SUCCEEDED),
    /** The Relay has the parameters: the network needs nothing more from the creator. */
    UPLOADED(TaskState.UPLOADED),
    /** The payment is in a block and the task has an id; the upload goes on in the background. */
    CREATED(TaskState.CREATED);

    private final TaskState state;

    WaitFor(TaskState state) {
        this.state = state;
    }

    /** Whether a task in that state has come as far as the caller waits for. */
    public boolean isReachedBy(TaskState reached) {
        return !(reached.isEnd() && reached != TaskState.DONE) && reached.compareTo(state) >= 0;
    }
}
