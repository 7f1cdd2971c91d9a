// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.event.EventLog;
import io.crynux.devnet.relaynet.ledger.Accounts;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that the Relay's database has. Values are immutable, so that a copy is a back-up. Not thread-safe: used with the
 * network's lock.
 */
final class Store {
    private static final Comparator<RelayTask> BY_PRIORITY = Comparator.comparing(
                    (RelayTask task) -> task.order().priority(), Comparator.reverseOrder())
            .thenComparingLong(RelayTask::sequence);

    private final Map<String, RelayTask> tasks = new HashMap<>();
    private final Map<String, RelayTask> open = new LinkedHashMap<>();
    private final TreeSet<RelayTask> queue = new TreeSet<>(BY_PRIORITY);
    private final Map<String, Set<String>> byTaskId = new HashMap<>();
    private final Set<String> purged = new HashSet<>();
    private final Map<String, RelayNode> nodes = new LinkedHashMap<>();
    private final FileShelf files;
    private final Map<String, byte[]> inputCheckpoints = new HashMap<>();
    private final Map<String, byte[]> resultCheckpoints = new HashMap<>();
    private final Set<String> whitelist = new HashSet<>();
    private final Accounts accounts;
    private final EventLog events;
    private long sequences;

    Store() {
        this(new Accounts(), new EventLog(), new FileShelf());
    }

    private Store(Accounts accounts, EventLog events, FileShelf files) {
        this.files = files;
        this.accounts = accounts;
        this.events = events;
    }

    /** A copy that lives on its own. */
    Store copy() {
        var copy = new Store(accounts.copy(), events.copy(), files.copy());
        copy.tasks.putAll(tasks);
        copy.open.putAll(open);
        copy.queue.addAll(queue);
        byTaskId.forEach((id, commitments) -> copy.byTaskId.put(id, new HashSet<>(commitments)));
        copy.purged.addAll(purged);
        copy.nodes.putAll(nodes);
        copy.inputCheckpoints.putAll(inputCheckpoints);
        copy.resultCheckpoints.putAll(resultCheckpoints);
        copy.whitelist.addAll(whitelist);
        copy.sequences = sequences;
        return copy;
    }

    Accounts accounts() {
        return accounts;
    }

    EventLog events() {
        return events;
    }

    /** Addresses that may create tasks, where the Relay asks for that. */
    Set<String> whitelist() {
        return whitelist;
    }

    long nextSequence() {
        return ++sequences;
    }

    private static String key(String commitment) {
        return commitment.toLowerCase(Locale.ROOT);
    }

    /** The task with that commitment, in any letter case. */
    Optional<RelayTask> task(String commitment) {
        return Optional.ofNullable(tasks.get(key(commitment)));
    }

    /** Adds a task, or replaces the one with the same commitment. */
    void put(RelayTask task) {
        String key = key(task.commitment());
        RelayTask before = tasks.put(key, task);
        if (before != null) {
            queue.remove(before);
        }
        if (task.status() == TaskStatus.QUEUED) {
            queue.add(task);
        }
        if (task.status().isEnd()) {
            open.remove(key);
        } else {
            open.put(key, task);
        }
        task.taskId().ifPresent(id -> byTaskId.computeIfAbsent(id, any -> new HashSet<>())
                .add(key));
    }

    /** Whether other tasks are known to have the same task id. */
    boolean sharesTaskId(RelayTask task) {
        return task.taskId().map(id -> byTaskId.get(id).size() > 1).orElse(false);
    }

    /** The tasks that are known to have the same task id as this one, itself included; none if its own is not known. */
    List<RelayTask> withTaskIdOf(RelayTask task) {
        return task.taskId().stream()
                .flatMap(id -> byTaskId.get(id).stream())
                .map(tasks::get)
                .toList();
    }

    /** Deletes a task with its files; its commitment can never be used again. */
    void purge(RelayTask task) {
        String key = key(task.commitment());
        tasks.remove(key);
        files.remove(key);
        inputCheckpoints.remove(key);
        resultCheckpoints.remove(key);
        task.taskId()
                .ifPresent(id -> byTaskId.computeIfPresent(id, (any, commitments) -> {
                    commitments.remove(key);
                    return commitments.isEmpty() ? null : commitments;
                }));
        purged.add(key);
    }

    /** Whether a task with that commitment was deleted. */
    boolean isPurged(String commitment) {
        return purged.contains(key(commitment));
    }

    /** All tasks, in no order. */
    Collection<RelayTask> tasks() {
        return tasks.values();
    }

    /** The tasks that have not ended, oldest first. */
    Collection<RelayTask> open() {
        return open.values();
    }

    /** The tasks that wait for a node, in the order in which they get one. */
    Collection<RelayTask> queue() {
        return queue;
    }

    /** All nodes, those that have left included. */
    Collection<RelayNode> nodes() {
        return nodes.values();
    }

    Optional<RelayNode> node(String address) {
        return Optional.ofNullable(nodes.get(address));
    }

    void put(RelayNode node) {
        nodes.put(node.address(), node);
    }

    /** The result files of a task, in order; empty before the upload. */
    List<byte[]> files(String commitment) {
        return files.get(key(commitment));
    }

    void putFiles(String commitment, List<byte[]> results) {
        files.put(key(commitment), results);
    }

    Optional<byte[]> inputCheckpoint(String commitment) {
        return Optional.ofNullable(inputCheckpoints.get(key(commitment)));
    }

    void putInputCheckpoint(String commitment, byte[] checkpoint) {
        inputCheckpoints.put(key(commitment), checkpoint);
    }

    Optional<byte[]> resultCheckpoint(String commitment) {
        return Optional.ofNullable(resultCheckpoints.get(key(commitment)));
    }

    void putResultCheckpoint(String commitment, byte[] checkpoint) {
        resultCheckpoints.put(key(commitment), checkpoint);
    }
}
