// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.util.List;

/** Compares what the nodes disclosed, pays the honest, slashes the others, and ends the task. */
final class TaskSettlement {
    /** What is left below this after a payment, in wei, goes with it: it came from rounding. */
    private static final BigInteger DUST = BigInteger.valueOf(3);

    private final ContractCall call;

    TaskSettlement(ContractCall call) {
        this.call = call;
    }

    /** Draws the conclusions from one more disclosed result or reported error. */
    void check(long taskId) {
        Task task = call.tasks.get(taskId);
        switch (task.discloseOrder().size()) {
            case 1 -> use(error(task, 0) ? GasCosts.ERROR_FIRST : GasCosts.DISCLOSE_FIRST);
            case 2 -> second(task);
            default -> {
                third(task);
                deleteIfDone(taskId);
            }
        }
    }

    private void use(long gas) {
        call.use(GasCosts.tellAmong(call.nodes.count(), gas));
    }

    private void useAndFree(long gas) {
        call.useAndFree(GasCosts.tellAmong(call.nodes.count(), gas));
    }

    private static boolean error(Task task, int disclosure) {
        return task.resultAt(disclosure).equals("0x");
    }

    private void second(Task task) {
        boolean agree = ResultComparison.agree(task, 0, 1);
        if (agree) {
            useAndFree(error(task, 1) ? GasCosts.ERROR_ABORTS : GasCosts.DISCLOSE_SETTLES);
        } else {
            use(GasCosts.DISCLOSE_DISAGREES);
        }
        call.tasks.put(task.withSuccess(agree));
        if (agree) {
            settleDisclosure(task, 1);
            finish(task, 0);
        }
    }

    private void third(Task task) {
        boolean firstAndThird = ResultComparison.agree(task, 0, 2);
        if (task.success()) {
            if (firstAndThird) {
                useAndFree(error(task, 2) ? GasCosts.ERROR_LAST : GasCosts.DISCLOSE_LAST);
                settleDisclosure(task, 2);
            } else {
                useAndFree(GasCosts.DISCLOSE_LAST_SLASHED);
                punishDisclosure(task, 2);
            }
        } else if (firstAndThird) {
            settleThirdAndPunish(task, 1);
            finish(task, 0);
        } else if (ResultComparison.agree(task, 1, 2)) {
            settleThirdAndPunish(task, 0);
            finish(task, 1);
        } else {
            useAndFree(GasCosts.DISCLOSE_ABORTS);
            abort(task);
        }
    }

    private void settleThirdAndPunish(Task task, int cheating) {
        useAndFree(GasCosts.DISCLOSE_SETTLES_AND_SLASHES);
        settleDisclosure(task, 2);
        punishDisclosure(task, cheating);
    }

    /** Two results agree: a success when they are results, the end of the task when they are errors. */
    private void finish(Task task, int honest) {
        int round = task.discloseOrder().get(honest);
        String node = task.nodes().get(round);
        if (!error(task, honest)) {
            call.tasks.put(call.tasks.get(task.id()).withResultNode(node));
            call.tasks.countSuccess();
            call.events.taskSuccess(task.id(), task.resultAt(honest), node);
            return;
        }
        settle(task.id(), round);
        call.tasks.countAbort();
        call.events.taskAborted(task.id(), "Task error reported");
        call.tasks.put(call.tasks.get(task.id()).asAborted());
        for (int other = 0; other < Task.ROUNDS; other++) {
            Task.Round handedIn = task.rounds().get(other);
            if (handedIn.committed() && !handedIn.error()) {
                punish(task.id(), other);
            }
        }
        deleteIfDone(task.id());
    }

    /** Three different results: the fee goes back and nobody is to blame. */
    private void abort(Task task) {
        refund(task);
        for (int round : task.discloseOrder()) {
            cancelNode(task.id(), task.nodes().get(round));
        }
        call.tasks.countAbort();
        call.events.taskAborted(task.id(), "Task result illegal");
        call.tasks.put(call.tasks.get(task.id()).asAborted());
    }

    /** Gives back to the creator what is left of the fee. */
    void refund(Task task) {
        call.tasks.put(task.withBalance(BigInteger.ZERO));
        call.pay(task.request().creator(), task.balance());
    }

    void cancelNode(long taskId, String node) {
        call.tasks.release(node);
        call.nodes.finishTask(node);
        call.events.nodeCancelled(taskId, node);
    }

    private void settleDisclosure(Task task, int disclosure) {
        settle(task.id(), task.discloseOrder().get(disclosure));
    }

    private void punishDisclosure(Task task, int disclosure) {
        punish(task.id(), task.discloseOrder().get(disclosure));
    }

    /** Pays a node and frees it. */
    void settle(long taskId, int round) {
        String node = call.tasks.get(taskId).nodes().get(round);
        BigInteger fee = takeShare(taskId, node);
        call.pay(node, fee);
        call.tasks.release(node);
        call.nodes.finishTask(node);
        call.events.nodeSuccess(taskId, node, fee);
    }

    /** Gives a node's share back to the creator and throws the node out. */
    private void punish(long taskId, int round) {
        Task task = call.tasks.get(taskId);
        String node = task.nodes().get(round);
        call.pay(task.request().creator(), takeShare(taskId, node));
        call.scores.clearCurrent(node);
        call.tasks.release(node);
        call.nodes.slash(node);
        call.events.taskNodeSlashed(taskId, node);
    }

    private BigInteger takeShare(long taskId, String node) {
        Task task = call.tasks.get(taskId);
        BigInteger share = task.request()
                .fee()
                .multiply(BigInteger.valueOf(call.scores.current(node)))
                .divide(BigInteger.valueOf(NodeScores.TASK_TOTAL));
        BigInteger left = task.balance().subtract(share);
        if (left.signum() < 0) {
            throw Reverts.panic(Reverts.ARITHMETIC_OVERFLOW);
        }
        BigInteger taken = left.compareTo(DUST) < 0 ? task.balance() : share;
        call.tasks.put(task.withBalance(task.balance().subtract(taken)));
        return taken;
    }

    /** Deletes the task once none of its nodes works on it any more. */
    void deleteIfDone(long taskId) {
        Task task = call.tasks.get(taskId);
        List<String> nodes = task.nodes();
        if (nodes.stream().noneMatch(node -> call.tasks.taskOf(node) == taskId)) {
            call.tasks.delete(task);
        }
    }
}
