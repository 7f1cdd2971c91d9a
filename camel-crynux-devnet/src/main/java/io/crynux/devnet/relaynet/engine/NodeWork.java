// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.engine;

import io.crynux.devnet.relaynet.node.NodePlan;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.node.RelayNodeFaults;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskStatus;
import io.crynux.devnet.relaynet.time.NetworkTime;
import io.crynux.devnet.result.TaskImpossibleException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes do: compute a task, send score or error, upload after the validation. Files are made on the given executor;
 * everything else happens with the network's lock. What a node does is decided when it gets the task, so that it goes on
 * after a restart and after a restored back-up as if nothing had happened.
 */
final class NodeWork {
    private static final Logger LOG = LoggerFactory.getLogger(NodeWork.class);
    private static final int REMEMBERED_PLANS = 50_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What a node does with a task. */
    private record Job(NodePlan plan, CompletableFuture<Workbench.Output> output) {}

    private final NetworkTime time;
    private final Database database;
    private final Settlement settlement;
    private final EventWriter events;
    private final RelayNodeFaults faults;
    private final Workbench workbench;
    private final Executor executor;
    private final NodePlan honest;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Map<String, NodePlan> plans = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, NodePlan> eldest) {
            return size() > REMEMBERED_PLANS;
        }
    };

    NodeWork(
            NetworkTime time,
            Database database,
            Settlement settlement,
            EventWriter events,
            RelayNodeFaults faults,
            Workbench workbench,
            Executor executor,
            NodePlan honest) {
        this.time = time;
        this.database = database;
        this.settlement = settlement;
        this.events = events;
        this.faults = faults;
        this.workbench = workbench;
        this.executor = executor;
        this.honest = honest;
    }

    /** A node begins with the task that it was given. */
    void begin(RelayTask task) {
        NodePlan plan = faults.plan(task, honest);
        plans.put(task.commitment(), plan);
        compute(task, plan);
    }

    private void compute(RelayTask task, NodePlan plan) {
        if (plan.kind() == NodePlan.Kind.HANG) {
            return;
        }
        if (plan.kind() == NodePlan.Kind.ERROR) {
            time.after(plan.work(), () -> attempt(task, TaskStatus.STARTED, this::fail));
            return;
        }
        Job job = job(task, plan);
        time.after(plan.work(), job.output(), () -> attempt(task, TaskStatus.STARTED, this::score));
    }

    private Job job(RelayTask task, NodePlan plan) {
        return jobs.computeIfAbsent(task.commitment(), any -> new Job(plan, output(task, plan)));
    }

    private CompletableFuture<Workbench.Output> output(RelayTask task, NodePlan plan) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return workbench.make(task, plan.variant());
                    } catch (TaskImpossibleException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }

    /** The node of a validated task uploads the files, or does not. */
    void upload(RelayTask task) {
        NodePlan plan = plans.getOrDefault(task.commitment(), honest);
        plan.upload().ifPresent(delay -> {
            Job job = job(task, plan);
            time.after(delay, job.output(), () -> attempt(task, task.status(), this::deliver));
        });
    }

    /** After the store was replaced: each node goes on with the task that the store says it has. */
    void resume() {
        for (RelayNode node : database.store().nodes()) {
            database.store().task(node.task()).ifPresent(task -> {
                if (task.status() == TaskStatus.STARTED) {
                    compute(task, plans.getOrDefault(task.commitment(), honest));
                } else if (task.status().awaitsUpload()) {
                    upload(task);
                }
            });
        }
    }

    /** Does a step of a node if the task is still there, still its, and in the expected state. */
    private void attempt(RelayTask begun, TaskStatus expected, BiConsumer<RelayTask, Job> step) {
        if (database.isAway()) {
            time.after(RETRY, () -> attempt(begun, expected, step));
            return;
        }
        Job job = jobs.get(begun.commitment());
        database.store()
                .task(begun.commitment())
                .filter(task -> task.status() == expected
                        && task.sequence() == begun.sequence()
                        && task.work().node().equals(begun.work().node()))
                .ifPresent(task -> step.accept(task, job));
    }

    private void fail(RelayTask task, Job unused) {
        RelayTask failed = task.failed(time.now());
        database.store().put(failed);
        events.errorReported(failed);
    }

    private void score(RelayTask task, Job job) {
        if (job.output().isCompletedExceptionally()) {
            job.output().exceptionally(failure -> {
                LOG.debug("The node of {} reports an error", task, failure);
                return null;
            });
            fail(task, job);
            return;
        }
        RelayTask scored = task.scored(job.output().join().score(), time.now());
        database.store().put(scored);
        events.scoreReady(scored);
    }

    private void deliver(RelayTask task, Job job) {
        Workbench.Output output = job.output().join();
        database.store().putFiles(task.commitment(), output.files());
        output.checkpoint().ifPresent(file -> database.store().putResultCheckpoint(task.commitment(), file));
        settlement.uploaded(task);
        jobs.remove(task.commitment());
    }

    /** Forgets the files of tasks that have ended without an upload. */
    void forgetEnded() {
        jobs.keySet().removeIf(commitment -> database.store()
                .task(commitment)
                .map(task -> task.status().isEnd())
                .orElse(true));
    }
}
