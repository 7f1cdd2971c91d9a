// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.State;
import io.crynux.devnet.ledger.StateKey;
import java.util.List;

/**
 * How promptly nodes did their last tasks. A task's score decides which part of the fee its node gets (10, 9 and 6 for being
 * first, second and third, once for the commitment and once for the disclosure, of 50 in all); too low a score over the last
 * three tasks drives a node out.
 */
final class NodeScores {
    /** What the scores of a task's three nodes add up to. */
    static final int TASK_TOTAL = 50;

    private static final List<Integer> REWARDS = List.of(10, 9, 6);
    private static final int POOL = 3;
    private static final int KICK_OUT = 20;

    /** The scores of the newest tasks, the current one first, and how many tasks there were since the node joined. */
    private record Pool(List<Integer> scores, int tasks) {
        private static final Pool NEW = new Pool(List.of(0, 0, 0), 0);
    }

    private record PoolKey(String node) implements StateKey<Pool> {}

    private final State state;

    NodeScores(State state) {
        this.state = state;
    }

    void startTask(String node) {
        Pool pool = pool(node);
        List<Integer> scores = List.of(0, pool.scores().get(0), pool.scores().get(1));
        state.put(new PoolKey(node), new Pool(scores, pool.tasks() + 1));
    }

    /** Adds what a node gets for being the given one, from 0, to hand something in. */
    void add(String node, int place) {
        Reverts.require(place < REWARDS.size(), "Invalid index");
        setCurrent(node, current(node) + REWARDS.get(place));
    }

    void clearCurrent(String node) {
        setCurrent(node, 0);
    }

    private void setCurrent(String node, int score) {
        Pool pool = pool(node);
        List<Integer> scores =
                List.of(score, pool.scores().get(1), pool.scores().get(2));
        state.put(new PoolKey(node), new Pool(scores, pool.tasks()));
    }

    int current(String node) {
        return pool(node).scores().get(0);
    }

    boolean newcomer(String node) {
        return pool(node).tasks() == 0;
    }

    boolean tooLow(String node) {
        Pool pool = pool(node);
        int counted = Math.min(pool.tasks(), POOL);
        int total = (POOL - counted) * 2 * REWARDS.get(0);
        for (int score : pool.scores().subList(0, counted)) {
            total += score;
        }
        return total <= KICK_OUT;
    }

    void forgetTasks(String node) {
        state.put(new PoolKey(node), new Pool(pool(node).scores(), 0));
    }

    private Pool pool(String node) {
        return state.get(new PoolKey(node)).orElse(Pool.NEW);
    }
}
