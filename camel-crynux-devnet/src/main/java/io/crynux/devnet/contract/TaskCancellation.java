// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.util.Optional;

/** cancelTask: of a waiting task by anybody, of a started one by its creator or nodes once its time is up. */
final class TaskCancellation {
    private static final String REASON = "Task Cancelled";

    private final ContractCall call;

    TaskCancellation(ContractCall call) {
        this.call = call;
    }

    void cancel() {
        BigInteger id = call.data.number(0);
        Optional<Task> started = call.tasks.find(id);
        Optional<TaskRequest> waiting = call.queue.find(id);
        if (started.isPresent()) {
            cancelStarted(started.get());
        } else if (waiting.isPresent()) {
            cancelWaiting(waiting.get());
        } else {
            call.require(false, GasCosts.REFUSED_UNKNOWN_TASK, "Task not exist");
        }
    }

    private void cancelStarted(Task task) {
        String caller = call.caller();
        boolean entitled =
                caller.equals(task.request().creator()) || task.nodes().contains(caller);
        call.require(entitled, GasCosts.REFUSED_STRANGER, "Unauthorized to cancel task");
        call.require(
                call.frame.block().timestamp() > task.timeout(),
                GasCosts.REFUSED_DEADLINE,
                "Task has not exceeded the deadline yet");

        call.useAndFree(task.success() ? GasCosts.CANCEL_SUCCEEDED : GasCosts.CANCEL_STARTED);
        TaskSettlement settlement = new TaskSettlement(call);
        settlement.refund(task);
        compensate(task);
        if (!task.aborted()) {
            call.events.taskAborted(task.id(), REASON);
        }
        for (String node : task.nodes()) {
            if (call.tasks.taskOf(node) == task.id()) {
                settlement.cancelNode(task.id(), node);
            }
        }
        call.tasks.delete(task);
    }

    /** The nodes that are not to blame for the delay, or all if all were silent, get the score that they would have got. */
    private void compensate(Task task) {
        int committed = task.commitOrder().size();
        if (committed == Task.ROUNDS) {
            return;
        }
        for (int place = 0; place < (committed == 0 ? Task.ROUNDS : committed); place++) {
            int round = committed == 0 ? place : task.commitOrder().get(place);
            String node = task.nodes().get(round);
            call.scores.add(node, place);
            call.scores.add(node, place);
        }
    }

    private void cancelWaiting(TaskRequest task) {
        call.useAndFree(GasCosts.CANCEL_WAITING);
        call.queue.remove(task);
        call.pay(task.creator(), task.fee());
        call.events.taskAborted(task.id(), REASON);
    }
}
