// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.result.TaskImpossibleException;
import io.crynux.devnet.result.TaskKind;
import io.crynux.devnet.result.TaskOutput;
import io.crynux.devnet.result.Workshop;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** A task that nodes of this JVM work on. They share the output: computing the same three times would prove nothing. */
final class TaskWork {
    private final BigInteger id;
    private final TaskKind kind;
    private final String taskHash;
    private final TaskPlan plan;
    private final Map<String, NodeJob> jobs = new ConcurrentHashMap<>();
    private final AtomicReference<CompletableFuture<TaskOutput>> output = new AtomicReference<>();

    /** @param taskHash what the parameters' hash must be */
    TaskWork(BigInteger id, TaskKind kind, String taskHash, TaskPlan plan) {
        this.id = id;
        this.kind = kind;
        this.taskHash = taskHash;
        this.plan = plan;
    }

    BigInteger id() {
        return id;
    }

    String taskHash() {
        return taskHash;
    }

    TaskPlan plan() {
        return plan;
    }

    Collection<NodeJob> jobs() {
        return jobs.values();
    }

    Optional<NodeJob> job(String node) {
        return Optional.ofNullable(jobs.get(node));
    }

    void add(NodeJob job) {
        jobs.put(job.node().address(), job);
    }

    /** Removes a node's job and returns whether it was the last. */
    boolean remove(String node) {
        jobs.remove(node);
        return jobs.isEmpty();
    }

    boolean allReleased() {
        return jobs.values().stream().allMatch(job -> job.state() == NodeState.RELEASED);
    }

    /** Drops the output, which can be computed again; for a task whose nodes are all released. */
    void rest() {
        output.set(null);
    }

    /**
     * The output, computed by the first who asks; it completes exceptionally with a {@link TaskImpossibleException}
     * when the parameters ask for what a node cannot do.
     */
    CompletableFuture<TaskOutput> output(Workshop workshop, String args) {
        CompletableFuture<TaskOutput> mine = new CompletableFuture<>();
        CompletableFuture<TaskOutput> earlier = output.compareAndExchange(null, mine);
        if (earlier != null) {
            return earlier;
        }
        try {
            mine.complete(workshop.make(kind, args));
        } catch (TaskImpossibleException | RuntimeException e) {
            mine.completeExceptionally(e);
        }
        return mine;
    }
}
