// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

/** How far a task is; {@link #code} is the number that the Relay answers with. */
public enum TaskStatus {
    QUEUED(0, "waits for a node"),
    STARTED(1, "a node computes it"),
    ERROR_REPORTED(3, "its node reported that the parameters are invalid; waits for the creator's validation"),
    SCORE_READY(4, "its node sent a score; waits for the creator's validation"),
    VALIDATED(5, "validated alone; its node has to upload the files"),
    GROUP_VALIDATED(6, "chosen among a group of three; its node has to upload the files"),
    END_INVALIDATED(7, "differs from the majority of its group; paid, nobody gets the fee"),
    END_SUCCESS(8, "the files can be downloaded; paid"),
    END_ABORTED(9, "ended without a result, for the abort reason; refunded, unless it was validated too late"),
    END_GROUP_REFUND(10, "equals the chosen member of its group; refunded"),
    END_GROUP_SUCCESS(11, "the files can be downloaded; paid. Its task id is that of other tasks, too");

    private final int code;
    private final String meaning;

    TaskStatus(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** A sentence for the documentation. */
    String meaning() {
        return meaning;
    }

    /** Whether the task has ended. */
    public boolean isEnd() {
        return code >= END_INVALIDATED.code;
    }

    /** Whether a node has finished with a score or an error, and the creator has to validate. */
    public boolean isFinished() {
        return this == ERROR_REPORTED || this == SCORE_READY;
    }

    /** Whether its node still has to upload the files. */
    public boolean awaitsUpload() {
        return this == VALIDATED || this == GROUP_VALIDATED;
    }

    /** Whether the files can be downloaded. */
    public boolean hasResults() {
        return this == END_SUCCESS || this == END_GROUP_SUCCESS;
    }
}
