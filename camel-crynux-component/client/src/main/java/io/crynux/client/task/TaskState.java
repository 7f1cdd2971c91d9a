// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

/**
 * Where a task is in its life:
 * PREPARED, SIGNED, SENT, CREATED, UPLOADED, SUCCEEDED, DOWNLOADED and then DONE, or one of the other ends.
 */
public enum TaskState {
    /** Parameters are valid and hashed; nothing was signed. */
    PREPARED,
    /** The payment is signed and journaled; nobody else has seen it. */
    SIGNED,
    /** The payment may be known to the network. */
    SENT,
    /** The payment is in a block and the task has an id. */
    CREATED,
    /** The Relay has the parameters. */
    UPLOADED,
    /** The nodes agreed on a result. */
    SUCCEEDED,
    /** The result is here. */
    DOWNLOADED,
    /** The task ended as it should. */
    DONE(true),
    /** The network aborted the task. */
    ABORTED(true),
    /** The payment was mined and reverted: no task, the fee was not spent. */
    REVERTED(true),
    /** The deadline passed while the task was under way; it may still end in the network. */
    TIMED_OUT(true),
    /** The payment cannot be mined any more, because its nonce was used otherwise, or the task was refused before. */
    REJECTED(true);

    private final boolean end;

    TaskState() {
        this(false);
    }

    TaskState(boolean end) {
        this.end = end;
    }

    /** Whether nothing follows this state. */
    public boolean isEnd() {
        return end;
    }
}
