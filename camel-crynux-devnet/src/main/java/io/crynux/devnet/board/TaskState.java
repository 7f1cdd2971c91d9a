// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.board;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a task stands on the chain. */
public enum TaskState {
    /** Created; waits for nodes. */
    QUEUED("queued"),
    /** Three nodes have it, though they may still wait for its parameters. */
    STARTED("started"),
    /** Nodes agree on a result (TaskSuccess), whose files are not uploaded yet. */
    RESULT_KNOWN("resultKnown"),
    /** The files are at the Relay (TaskResultUploaded). */
    SUCCEEDED("succeeded"),
    ABORTED("aborted");

    private final String text;

    TaskState(String text) {
        this.text = text;
    }

    /** Its name in JSON. */
    @JsonValue
    public String text() {
        return text;
    }

    /** Whether nothing follows but a reorg. */
    public boolean ended() {
        return this == SUCCEEDED || this == ABORTED;
    }
}
