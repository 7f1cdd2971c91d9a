// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.node;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Faults of the nodes. Each strikes once a task, when its nodes begin; so {@code cheat(1).times(2)} spoils the next two
 * tasks. Where several are on, each takes nodes that the others have left.
 */
public final class NodeFaults {
    private static final int NODES = 3;

    private static final Duration ALWAYS = Duration.ofSeconds(Long.MAX_VALUE);

    /** A role for so many nodes of a task, or with no role the withholding of the files for some time. */
    private record Effect(Fault fault, NodeRole.Kind kind, int nodes, Duration delay) {}

    private final FaultGroup<String> pauses = new FaultGroup<>();

    /** Strangers' tasks, with what those in the queue pay. */
    private final FaultGroup<Optional<BigInteger>> crowds = new FaultGroup<>();

    private final List<Effect> effects = new ArrayList<>();

    NodeFaults() {}

    /**
     * Has so many of a task's nodes tell a wrong result, each another one. One is slashed, and the task succeeds; two or
     * three agree with nobody, and the task ends with "Task result illegal" and the whole fee back.
     *
     * @param nodes 1 to 3
     */
    public Fault cheat(int nodes) {
        return add("cheating nodes of each task: " + nodes, NodeRole.Kind.CHEATING, nodes);
    }

    /** Has all three nodes of a task tell different results: it ends with "Task result illegal" and the whole fee back. */
    public Fault disagree() {
        return add("nodes that all disagree", NodeRole.Kind.CHEATING, NODES);
    }

    /**
     * Has so many of a task's nodes report an error. With one the task succeeds, unless another node cheats; with two or
     * three it ends with "Task error reported", and no fee comes back.
     *
     * @param nodes 1 to 3
     */
    public Fault fail(int nodes) {
        return add("failing nodes of each task: " + nodes, NodeRole.Kind.FAILING, nodes);
    }

    /**
     * Has so many of a task's nodes never answer: the task stays started and its nodes busy, until it is cancelled after its
     * time. Once the fault is over, they do their work after all.
     *
     * @param nodes 1 to 3
     */
    public Fault neverAnswer(int nodes) {
        return add("silent nodes of each task: " + nodes, NodeRole.Kind.SILENT, nodes);
    }

    /**
     * Has the node whose result was taken never upload the files: after TaskSuccess no TaskResultUploaded comes. Once the
     * fault is over, it uploads them after all.
     */
    public Fault neverUpload() {
        return add(new Effect(new Fault("nodes: results that are never uploaded"), null, 0, ALWAYS));
    }

    /**
     * Has the node whose result was taken upload the files that much later: between TaskSuccess and TaskResultUploaded passes at
     * least this time. Once the fault is over, what waits is uploaded.
     */
    public Fault uploadLate(Duration delay) {
        String name = "nodes: results uploaded late by " + delay.toMillis() + " ms";
        return add(new Effect(new Fault(name), null, 0, delay));
    }

    /**
     * Has all nodes pause as soon as they are free: tasks wait in the contract's queue. It takes a block or two until they
     * pause, and until they are back once the fault is over. Strikes never; only {@link Fault#during} limits it.
     */
    public Fault pause() {
        return pauses.add("nodes: all pause", "");
    }

    /** Whether the nodes have to pause now. */
    public boolean paused() {
        return !pauses.on().isEmpty();
    }

    private Fault add(String name, NodeRole.Kind kind, int nodes) {
        if (nodes < 1 || nodes > NODES) {
            throw new IllegalArgumentException("A task has three nodes, not " + nodes);
        }
        return add(new Effect(new Fault("nodes: " + name), kind, nodes, Duration.ZERO));
    }

    /**
     * Has strangers' tasks occupy all nodes: the next tasks wait in the contract's queue until the fault is over. It takes a
     * block or two until the nodes are busy, and some more until they are free. One stranger's task that pays more than anybody
     * waits, too. Strikes never; only {@link Fault#during} limits it.
     */
    public Fault busy() {
        return crowds.add("nodes: all busy with strangers' tasks", Optional.empty());
    }

    /**
     * Has strangers' tasks occupy all nodes and fill the contract's queue, and one more come after each task that is created:
     * one that pays less per cap is thrown out ("Task fee is too low", the fee is gone), one that pays more waits. Once the fault
     * is over, the strangers' tasks are cancelled. Strikes never; only {@link Fault#during} limits it. Where it meets
     * {@link #busy}, the one begun last holds.
     *
     * @param fee of each stranger's task, which has a cap of 1, in wei
     * @throws IllegalArgumentException when it is not positive: such tasks would never start
     */
    public Fault fullQueue(BigInteger fee) {
        if (fee.signum() <= 0) {
            throw new IllegalArgumentException("fee must be positive: " + fee);
        }
        return crowds.add("nodes: queue full of strangers' tasks for " + fee + " wei", Optional.of(fee));
    }

    /** Whether strangers' tasks have to occupy the nodes now. */
    public boolean crowded() {
        return crowds.newest().isPresent();
    }

    /** What the strangers' tasks that fill the queue pay, in wei; empty when it need not be full. */
    public Optional<BigInteger> queueFee() {
        return crowds.newest().flatMap(Function.identity());
    }

    private synchronized Fault add(Effect effect) {
        effects.add(effect);
        return effect.fault();
    }

    /** Switches all off; what they held back goes on. */
    public synchronized void clear() {
        effects.forEach(effect -> effect.fault().end());
        effects.clear();
        pauses.clear();
        crowds.clear();
    }

    /** Those that are on. */
    public synchronized List<Fault> on() {
        effects.removeIf(effect -> effect.fault().isOver());
        return Stream.of(
                        effects.stream().map(Effect::fault).filter(Fault::isOn),
                        pauses.on().stream(),
                        crowds.on().stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** The behaviour of the nodes of a stranger's task: nobody has its parameters, and nobody is in a hurry. */
    TaskPlan strangersPlan() {
        NodeRole idle = new NodeRole(NodeRole.Kind.OCCUPIED, () -> !crowded());
        return new TaskPlan(Collections.nCopies(NODES, idle), null, Duration.ZERO);
    }

    /** The behaviour of the nodes of one more task. */
    synchronized TaskPlan plan() {
        effects.removeIf(effect -> effect.fault().isOver());
        List<NodeRole> roles = new ArrayList<>();
        Effect withheld = null;
        for (Effect effect : effects) {
            if (effect.kind() == null) {
                withheld = effect.fault().strike() ? effect : withheld;
            } else if (roles.size() < NODES && effect.fault().strike()) {
                int count = Math.min(effect.nodes(), NODES - roles.size());
                for (int i = 0; i < count; i++) {
                    roles.add(new NodeRole(effect.kind(), effect.fault()::isOver));
                }
            }
        }
        // The honest nodes have the first rounds, whatever the faults.
        while (roles.size() < NODES) {
            roles.add(0, NodeRole.HONEST);
        }
        return withheld == null
                ? new TaskPlan(roles, null, Duration.ZERO)
                : new TaskPlan(roles, withheld.fault(), withheld.delay());
    }
}
