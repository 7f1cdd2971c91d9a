// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.ledger.LedgerRow;
import io.crynux.devnet.relaynet.node.NodeStatus;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.task.TaskStep;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/** Ends tasks: who gets the fee (relay.md, section 7.1), which event is written, and that the node is free again. */
final class Settlement {
    /** What the members of a group get of one fee, the fastest first. */
    private static final long[] SHARES = {10, 5, 2};

    private final NetworkTime time;
    private final Database database;
    private final EventWriter events;

    Settlement(NetworkTime time, Database database, EventWriter events) {
        this.time = time;
        this.database = database;
        this.events = events;
    }

    /**
     * Ends a task without a result.
     *
     * @param issuer address of the creator, or of the Relay for what it does by itself
     */
    void abort(RelayTask task, AbortReason reason, String issuer) {
        RelayTask aborted = task.aborted(reason, time.now());
        if (reason == AbortReason.CREATOR_VALIDATION_TIMEOUT) {
            pay(task.work().node(), task.order().fee(), task);
        } else {
            refund(task);
        }
        put(aborted);
        events.aborted(aborted, issuer, task.status());
        release(aborted);
    }

    /** Ends a member of a group that equals the chosen one. */
    void matched(RelayTask task) {
        refund(task);
        end(task.after(TaskStep.MATCHED, time.now()));
    }

    /** Ends a member of a group that differs from the two others. */
    void outvoted(RelayTask task) {
        end(task.after(TaskStep.OUTVOTED, time.now()));
    }

    /** Ends a task whose files were uploaded. */
    void uploaded(RelayTask task) {
        boolean shared = database.store().sharesTaskId(task);
        boolean chosen = task.status() == TaskStatus.GROUP_VALIDATED;
        TaskStep step = chosen || shared ? TaskStep.UPLOADED_OF_GROUP : TaskStep.UPLOADED;
        RelayTask ended = task.after(step, time.now());
        if (chosen) {
            share(task);
        } else if (!shared) {
            pay(task.work().node(), task.order().fee(), task);
        }
        end(ended);
    }

    private void end(RelayTask ended) {
        put(ended);
        events.ended(ended);
        release(ended);
    }

    private void put(RelayTask task) {
        database.store().put(task);
    }

    private void refund(RelayTask task) {
        move(LedgerRow.Type.REFUND, task.order().creator(), task.order().fee(), task);
    }

    private void pay(String node, BigInteger amount, RelayTask task) {
        if (amount.signum() > 0) {
            move(LedgerRow.Type.INCOME, node, amount, task);
        }
    }

    private void move(LedgerRow.Type type, String address, BigInteger amount, RelayTask task) {
        database.store().accounts().move(type, address, amount, task.commitment(), time.now());
    }

    /** One fee for the chosen member and those equal to it, by their speed. */
    private void share(RelayTask chosen) {
        List<RelayTask> members = database.store().withTaskIdOf(chosen).stream()
                .filter(task -> task.sequence() == chosen.sequence() || task.status() == TaskStatus.END_GROUP_REFUND)
                .sorted(Comparator.comparing(RelayTask::executionTime))
                .limit(SHARES.length)
                .toList();
        long parts = 0;
        for (int i = 0; i < members.size(); i++) {
            parts += SHARES[i];
        }
        BigInteger left = chosen.order().fee();
        for (int i = members.size() - 1; i >= 0; i--) {
            BigInteger part = i == 0
                    ? left
                    : chosen.order()
                            .fee()
                            .multiply(BigInteger.valueOf(SHARES[i]))
                            .divide(BigInteger.valueOf(parts));
            left = left.subtract(part);
            pay(members.get(i).work().node(), part, chosen);
        }
    }

    private void release(RelayTask task) {
        Store store = database.store();
        store.node(task.work().node())
                .filter(node -> node.task().equals(task.commitment()))
                .map(node -> node.released())
                .ifPresent(node -> {
                    store.put(node);
                    if (node.status() == NodeStatus.LEFT) {
                        events.quit(node);
                    }
                });
    }
}
