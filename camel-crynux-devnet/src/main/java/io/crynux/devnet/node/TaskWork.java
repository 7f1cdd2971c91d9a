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
import java.util.concurrent.atomic.AtomicBoolean;

/** A task that nodes of this JVM work on. They share the output: computing the same three times would prove nothing. */
final class TaskWork {
    private final BigInteger id;
    private final TaskKind kind;
    private final Map<String, NodeJob> jobs = new ConcurrentHashMap<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CompletableFuture<TaskOutput> output = new CompletableFuture<>();

    TaskWork(BigInteger id, TaskKind kind) {
        this.id = id;
        this.kind = kind;
    }

    BigInteger id() {
        return id;
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

    /** Removes a node's job and tells whether it was the last. */
    boolean remove(String node) {
        jobs.remove(node);
        return jobs.isEmpty();
    }

    /**
     * The output, computed by the first who asks; it completes exceptionally with a {@link TaskImpossibleException}
     * when the parameters ask for what a node cannot do.
     */
    CompletableFuture<TaskOutput> output(Workshop workshop, String args) {
        if (begun.compareAndSet(false, true)) {
            try {
                output.complete(workshop.make(kind, args));
            } catch (TaskImpossibleException | RuntimeException e) {
                output.completeExceptionally(e);
            }
        }
        return output;
    }
}
