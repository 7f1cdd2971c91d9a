// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.AbortReason;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.task.TaskStep;
import io.crynux.devnet.relaynet.time.NetworkTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares the members of a group and settles each (relay.md, section 5.3). */
final class GroupValidation {
    private static final int MEMBERS = 3;

    private final NetworkTime time;
    private final Database database;
    private final Settlement settlement;
    private final EventWriter events;
    private final NodeWork work;
    private final ScoreComparison comparison;

    GroupValidation(
            NetworkTime time,
            Database database,
            Settlement settlement,
            EventWriter events,
            NodeWork work,
            ScoreComparison comparison) {
        this.time = time;
        this.database = database;
        this.settlement = settlement;
        this.events = events;
        this.work = work;
        this.comparison = comparison;
    }

    /**
     * Settles a group of which each member has finished or was aborted.
     *
     * @throws RequestRefusedException 500 for three error reports: the real Relay fails to choose one for the upload after it
     *     has refunded the others, takes the refunds back in its database, and forgets to take them from the balances in memory
     */
    void settle(List<RelayTask> members) throws RequestRefusedException {
        List<RelayTask> finished = members.stream()
                .filter(task -> task.status().isFinished())
                .sorted(Comparator.comparing(RelayTask::executionTime).thenComparing(RelayTask::sequence))
                .toList();
        if (finished.size() < 2) {
            finished.forEach(task -> abort(task, AbortReason.GROUP_TIMEOUT));
            return;
        }
        List<RelayTask> majority = majority(finished);
        boolean scores = !majority.isEmpty() && majority.get(0).status() == TaskStatus.SCORE_READY;
        if (!scores && majority.size() == MEMBERS) {
            majority.stream().skip(1).forEach(task -> database.store()
                    .accounts()
                    .showTooMuch(task.order().creator(), task.order().fee()));
            throw RequestRefusedException.failure("illegal previous task status");
        }
        for (RelayTask task : finished) {
            if (!majority.contains(task) && !majority.isEmpty()) {
                settlement.outvoted(task);
            } else if (!scores) {
                abort(task, AbortReason.INCORRECT_RESULT);
            } else if (task.sequence() == majority.get(0).sequence()) {
                choose(task);
            } else {
                settlement.matched(task);
            }
        }
    }

    /** The largest set of equal members, the fastest first; empty when no two are equal. */
    private List<RelayTask> majority(List<RelayTask> finished) {
        List<RelayTask> largest = List.of();
        for (RelayTask one : finished) {
            List<RelayTask> equal = new ArrayList<>(finished.stream()
                    .filter(other -> comparison.equal(one, other))
                    .toList());
            if (equal.size() > Math.max(1, largest.size())) {
                largest = equal;
            }
        }
        return largest;
    }

    private void abort(RelayTask task, AbortReason reason) {
        settlement.abort(task, reason, task.order().creator());
    }

    private void choose(RelayTask task) {
        RelayTask chosen = task.after(TaskStep.CHOSEN, time.now());
        database.store().put(chosen);
        events.validated(chosen);
        work.upload(chosen);
    }
}
