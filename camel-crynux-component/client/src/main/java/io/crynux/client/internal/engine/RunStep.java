// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

/** What can change the state of a {@link TaskRun}: a report of its attempt, or a step of the engine's own. */
enum RunStep {
    COMMIT("something of the attempt is about to leave this process (`AttemptContext.commit`)"),
    PROGRESS("the task is further on, or after a reorganisation further back (`AttemptContext.progress`)"),
    NOTE("more is known of the task, which is not reported yet (`AttemptContext.note`)"),
    REFUSE("the network has refused to charge the attempt, and may charge it all the same (`AttemptContext.refused`)"),
    END("the attempt has ended, for good (`AttemptContext.ended`)"),
    DOWNLOAD("the engine has the result"),
    FINISH("the engine has nothing more to do for the request"),
    GIVE_UP("nobody waits any more, or a step of the task has failed");

    private final String meaning;

    RunStep(String meaning) {
        this.meaning = meaning;
    }

    /** For docs/task-states.md. */
    String meaning() {
        return meaning;
    }
}
