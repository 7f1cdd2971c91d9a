// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import static io.crynux.devnet.relaynet.task.TaskStatus.END_ABORTED;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_GROUP_REFUND;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_GROUP_SUCCESS;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_INVALIDATED;
import static io.crynux.devnet.relaynet.task.TaskStatus.END_SUCCESS;
import static io.crynux.devnet.relaynet.task.TaskStatus.ERROR_REPORTED;
import static io.crynux.devnet.relaynet.task.TaskStatus.GROUP_VALIDATED;
import static io.crynux.devnet.relaynet.task.TaskStatus.QUEUED;
import static io.crynux.devnet.relaynet.task.TaskStatus.SCORE_READY;
import static io.crynux.devnet.relaynet.task.TaskStatus.STARTED;
import static io.crynux.devnet.relaynet.task.TaskStatus.VALIDATED;

import io.crynux.devnet.state.TransitionTable;
import io.crynux.devnet.state.TransitionTable.Group;
import java.util.EnumSet;

/** Everything that can happen to a task, and when. */
final class TaskTransitions {
    private static final Group<TaskStatus> NOT_ENDED =
            new Group<>("any state that is no end", EnumSet.range(QUEUED, GROUP_VALIDATED));

    private static final Group<TaskStatus> FINISHED =
            new Group<>("error reported or score ready", EnumSet.of(ERROR_REPORTED, SCORE_READY));

    static final TransitionTable<TaskStatus, TaskStep, RelayTask> TABLE =
            TransitionTable.<TaskStatus, TaskStep, RelayTask>startingAt(QUEUED)
                    .row(QUEUED, TaskStep.DISPATCHED, STARTED)
                    .row(STARTED, TaskStep.SCORED, SCORE_READY)
                    .row(STARTED, TaskStep.FAILED, ERROR_REPORTED)
                    .row(SCORE_READY, TaskStep.APPROVED, VALIDATED)
                    .row(SCORE_READY, TaskStep.CHOSEN, GROUP_VALIDATED)
                    .row(SCORE_READY, TaskStep.MATCHED, END_GROUP_REFUND)
                    .row(FINISHED, TaskStep.OUTVOTED, END_INVALIDATED)
                    .row(VALIDATED, TaskStep.UPLOADED, END_SUCCESS)
                    .row(VALIDATED, TaskStep.UPLOADED_OF_GROUP, END_GROUP_SUCCESS)
                    .row(GROUP_VALIDATED, TaskStep.UPLOADED_OF_GROUP, END_GROUP_SUCCESS)
                    .row(NOT_ENDED, TaskStep.ABORTED, END_ABORTED)
                    .build();

    private TaskTransitions() {}
}
