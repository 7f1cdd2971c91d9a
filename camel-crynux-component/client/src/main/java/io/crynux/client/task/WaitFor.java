// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/** State in which a submission completes. */
public enum WaitFor {
    /** The result is downloaded. */
    RESULT(TaskState.DONE),
    /** The nodes agreed on a result, which is not downloaded. */
    SUCCESS(TaskState.SUCCEEDED),
    /** The Relay has the parameters: the network needs nothing else from the creator. */
    UPLOADED(TaskState.UPLOADED),
    /** The payment is mined and the task has an id; the client uploads the parameters in the background. */
    CREATED(TaskState.CREATED);

    private final TaskState state;

    WaitFor(TaskState state) {
        this.state = state;
    }

    /** Whether a submission completes in this state. */
    public boolean isReachedBy(TaskState reached) {
        return !(reached.isEnd() && reached != TaskState.DONE) && reached.compareTo(state) >= 0;
    }
}
