// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static io.crynux.client.internal.engine.RunStep.COMMIT;
import static io.crynux.client.internal.engine.RunStep.DOWNLOAD;
import static io.crynux.client.internal.engine.RunStep.END;
import static io.crynux.client.internal.engine.RunStep.FINISH;
import static io.crynux.client.internal.engine.RunStep.GIVE_UP;
import static io.crynux.client.internal.engine.RunStep.NOTE;
import static io.crynux.client.internal.engine.RunStep.PROGRESS;
import static io.crynux.client.internal.engine.RunStep.REFUSE;
import static io.crynux.client.task.TaskState.ABORTED;
import static io.crynux.client.task.TaskState.CREATED;
import static io.crynux.client.task.TaskState.DONE;
import static io.crynux.client.task.TaskState.DOWNLOADED;
import static io.crynux.client.task.TaskState.PREPARED;
import static io.crynux.client.task.TaskState.REJECTED;
import static io.crynux.client.task.TaskState.REVERTED;
import static io.crynux.client.task.TaskState.SENT;
import static io.crynux.client.task.TaskState.SIGNED;
import static io.crynux.client.task.TaskState.SUCCEEDED;
import static io.crynux.client.task.TaskState.TIMED_OUT;
import static io.crynux.client.task.TaskState.UPLOADED;

import io.crynux.client.task.TaskState;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every change of state that a {@link TaskRun} can make. A step that leaves the state as it is needs no row. What is not here is
 * a defect of the protocol or of the engine: it ends that task, and what was charged for it stays followed.
 */
final class RunTransitions {

    /**
     * States that one step leads to the same state.
     *
     * @param when for docs/task-states.md
     */
    record Row(Set<TaskState> from, RunStep step, TaskState to, String when) {
        Row {
            from = Collections.unmodifiableSet(EnumSet.copyOf(from));
        }
    }

    /** One change of state. */
    record Transition(TaskState from, RunStep step, TaskState to) {}

    private static final Set<TaskState> CHARGED = EnumSet.of(CREATED, UPLOADED, SUCCEEDED);

    static final List<Row> ROWS = List.of(
            // To the result.
            row(PREPARED, COMMIT, SIGNED, "it is paid"),
            row(SIGNED, PROGRESS, SENT, "the payment has left"),
            // From SIGNED, where the network is heard of before the answer to the payment.
            row(EnumSet.of(SIGNED, SENT), PROGRESS, CREATED, "the network has the task"),
            row(CREATED, PROGRESS, UPLOADED, "its parameters are there"),
            // From CREATED, where the answer to the upload is lost, or another program has uploaded them.
            row(EnumSet.of(CREATED, UPLOADED), PROGRESS, SUCCEEDED, "the nodes have agreed"),
            row(EnumSet.of(CREATED, UPLOADED), NOTE, SUCCEEDED, "they agreed while no process ran"),
            row(SUCCEEDED, DOWNLOAD, DOWNLOADED, "the result is here"),
            row(SUCCEEDED, FINISH, DONE, "nobody wants the result"),
            row(DOWNLOADED, FINISH, DONE, "the result is delivered"),
            // Back. DOWNLOADED is passed within one step, so it is left this way only after a process ended there.
            row(EnumSet.range(CREATED, DOWNLOADED), PROGRESS, SENT, "a reorganisation reverts the creation"),
            row(EnumSet.of(SUCCEEDED, DOWNLOADED), PROGRESS, UPLOADED, "a reorganisation reverts the success"),
            row(
                    EnumSet.range(UPLOADED, DOWNLOADED),
                    PROGRESS,
                    CREATED,
                    "a reorganisation created another task while no process ran"),
            row(DOWNLOADED, PROGRESS, SUCCEEDED, "the process ended before the delivery"),
            // The network refuses. The payment stays watched: it may count all the same.
            row(EnumSet.of(SIGNED, SENT, TIMED_OUT), REFUSE, REJECTED, "the network refuses the payment"),
            row(REJECTED, PROGRESS, CREATED, "a refused payment is charged after all"),
            // The network has ended it, for good. A payment is reverted or superseded before there is a task, or, as a
            // process hears that was not there for the reorganisation, after there was one.
            row(CHARGED, END, ABORTED, "the network aborts it"),
            row(EnumSet.range(SIGNED, SUCCEEDED), END, REVERTED, "its payment is reverted"),
            row(EnumSet.range(PREPARED, SUCCEEDED), END, REJECTED, "it cannot be charged any more"),
            // Nobody waits.
            row(PREPARED, GIVE_UP, REJECTED, "nobody waits, nothing has left"),
            row(EnumSet.range(SIGNED, DOWNLOADED), GIVE_UP, TIMED_OUT, "nobody waits, it may be charged"),
            row(TIMED_OUT, PROGRESS, SENT, "somebody waits again for the payment"),
            row(TIMED_OUT, PROGRESS, CREATED, "somebody waits again for the task"),
            row(TIMED_OUT, PROGRESS, SUCCEEDED, "somebody waits again for the result"));

    private static final Set<Transition> ALLOWED = transitions();

    private RunTransitions() {}

    private static Row row(TaskState from, RunStep step, TaskState to, String when) {
        return row(EnumSet.of(from), step, to, when);
    }

    private static Row row(Set<TaskState> from, RunStep step, TaskState to, String when) {
        return new Row(from, step, to, when);
    }

    /** All changes of state, in the table's order. */
    static Set<Transition> transitions() {
        Set<Transition> all = new LinkedHashSet<>();
        for (Row row : ROWS) {
            row.from().forEach(from -> all.add(new Transition(from, row.step(), row.to())));
        }
        return all;
    }

    /** Whether the step may lead from one state to the other, or stay. */
    static boolean allow(TaskState from, RunStep step, TaskState to) {
        return from == to || ALLOWED.contains(new Transition(from, step, to));
    }
}
