// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

/** What can happen to a task. */
public enum TaskStep {
    DISPATCHED("a node takes the task"),
    SCORED("the node sends its score"),
    FAILED("the node reports an error"),
    APPROVED("the creator validates the task alone"),
    CHOSEN("the group's validation chooses the task for the upload"),
    MATCHED("the group's validation finds the task equal to the chosen one"),
    OUTVOTED("the group's validation finds that two others differ from the task"),
    UPLOADED("the node uploads the files of a task whose task id no other task has"),
    UPLOADED_OF_GROUP("the node uploads the files of a task whose task id others have, too"),
    ABORTED("cancelled, timed out, without a majority, with a reported error, or its node was slashed");

    private final String meaning;

    TaskStep(String meaning) {
        this.meaning = meaning;
    }

    /** A sentence for the documentation. */
    String meaning() {
        return meaning;
    }
}
