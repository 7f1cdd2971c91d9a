// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/**
 * States of a task:
 * PREPARED, SIGNED, SENT, CREATED, UPLOADED, SUCCEEDED, DOWNLOADED and then DONE, or one of the other ends.
 */
public enum TaskState {
    /** The parameters are valid and hashed; nothing was signed. */
    PREPARED,
    /** The payment is signed and journaled, but not sent. */
    SIGNED,
    /** The payment was sent, and may be mined. */
    SENT,
    /** The payment is mined and the task has an id. */
    CREATED,
    /** The Relay has the parameters. */
    UPLOADED,
    /** The nodes agreed on a result. */
    SUCCEEDED,
    /** The result is downloaded. */
    DOWNLOADED,
    /** The task ended successfully. */
    DONE(true),
    /** The network aborted the task. */
    ABORTED(true),
    /** The payment was mined and reverted: there is no task, and the fee was not spent. */
    REVERTED(true),
    /** The timeout passed before the end of the task; it may still end in the network. */
    TIMED_OUT(true),
    /** The payment can no longer be mined, because another transaction used its nonce, or the task was rejected earlier. */
    REJECTED(true);

    private final boolean end;

    TaskState() {
        this(false);
    }

    TaskState(boolean end) {
        this.end = end;
    }

    /** Whether this is a final state. */
    public boolean isEnd() {
        return end;
    }
}
