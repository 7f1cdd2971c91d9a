// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import io.crynux.devnet.ledger.State;
import io.crynux.devnet.ledger.StateKey;
import java.math.BigInteger;
import java.util.Optional;

/** The started tasks, which node works on which, and the contract's counters. */
final class Tasks {
    record Counters(long created, long succeeded, long aborted) {
        private static final Counters ZERO = new Counters(0, 0, 0);
    }

    private record TaskKey(long id) implements StateKey<Task> {}

    private record NodeTaskKey(String node) implements StateKey<Long> {}

    private record CountersKey() implements StateKey<Counters> {}

    private static final BigInteger MAX_ID = BigInteger.valueOf(Long.MAX_VALUE);

    private final State state;

    Tasks(State state) {
        this.state = state;
    }

    Optional<Task> find(BigInteger id) {
        return id.compareTo(MAX_ID) > 0 ? Optional.empty() : find(id.longValueExact());
    }

    Optional<Task> find(long id) {
        return state.get(new TaskKey(id));
    }

    /** The task, or a revert. */
    Task get(BigInteger id) {
        return find(id).orElseThrow(() -> Reverts.error("Task not exist"));
    }

    Task get(long id) {
        return get(BigInteger.valueOf(id));
    }

    void put(Task task) {
        state.put(new TaskKey(task.id()), task);
    }

    void delete(Task task) {
        state.remove(new TaskKey(task.id()));
    }

    /** The task that a node works on, 0 for none. */
    long taskOf(String node) {
        return state.get(new NodeTaskKey(node)).orElse(0L);
    }

    void assign(String node, long taskId) {
        state.put(new NodeTaskKey(node), taskId);
    }

    void release(String node) {
        state.remove(new NodeTaskKey(node));
    }

    Counters counters() {
        return state.get(new CountersKey()).orElse(Counters.ZERO);
    }

    /** Counts a new task and gives its id; the first is 1. */
    long nextId() {
        Counters counters = counters();
        state.put(new CountersKey(), new Counters(counters.created() + 1, counters.succeeded(), counters.aborted()));
        return counters.created() + 1;
    }

    void countSuccess() {
        Counters counters = counters();
        state.put(new CountersKey(), new Counters(counters.created(), counters.succeeded() + 1, counters.aborted()));
    }

    void countAbort() {
        Counters counters = counters();
        state.put(new CountersKey(), new Counters(counters.created(), counters.succeeded(), counters.aborted() + 1));
    }
}
