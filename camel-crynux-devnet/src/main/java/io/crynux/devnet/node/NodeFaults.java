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
 * Faults of the nodes. Each takes effect once per task, when its nodes start; so {@code cheat(1).times(2)} affects the next
 * two tasks. Where several are on, each affects nodes that the others leave.
 */
public final class NodeFaults {
    private static final int NODES = 3;

    private static final Duration ALWAYS = Duration.ofSeconds(Long.MAX_VALUE);

    /** A role for some nodes of a task; or, with no role, withheld files for some time. */
    private record Effect(Fault fault, NodeRole.Kind kind, int nodes, Duration delay) {}

    private final FaultGroup<String> pauses = new FaultGroup<>();

    /** Strangers' tasks, with what those in the queue pay. */
    private final FaultGroup<Optional<BigInteger>> crowds = new FaultGroup<>();

    private final List<Effect> effects = new ArrayList<>();

    NodeFaults() {}

    /**
     * Makes nodes of a task commit to wrong results, each to a different one. One such node is slashed, and the task
     * succeeds. With two or three no results agree: the task ends with "Task result illegal", and the whole fee is refunded.
     *
     * @param nodes number of nodes per task, 1 to 3
     */
    public Fault cheat(int nodes) {
        return add("cheating nodes per task: " + nodes, NodeRole.Kind.CHEATING, nodes);
    }

    /** Makes all three nodes of a task disagree: it ends with "Task result illegal", and the whole fee is refunded. */
    public Fault disagree() {
        return add("all nodes disagree", NodeRole.Kind.CHEATING, NODES);
    }

    /**
     * Makes nodes of a task report an error. With one the task succeeds, unless another node cheats. With two or three it
     * ends with "Task error reported", and the fee is not refunded.
     *
     * @param nodes number of nodes per task, 1 to 3
     */
    public Fault fail(int nodes) {
        return add("failing nodes per task: " + nodes, NodeRole.Kind.FAILING, nodes);
    }

    /**
     * Makes nodes of a task do nothing: the task stays started and its nodes busy, until it is cancelled after its timeout.
     * Once the fault is over, these nodes do their work.
     *
     * @param nodes number of nodes per task, 1 to 3
     */
    public Fault neverAnswer(int nodes) {
        return add("silent nodes per task: " + nodes, NodeRole.Kind.SILENT, nodes);
    }

    /**
     * Makes the chosen node upload no files: TaskSuccess is not followed by TaskResultUploaded. Once the fault is over, the
     * node uploads them.
     */
    public Fault neverUpload() {
        return add(new Effect(new Fault("nodes: results never uploaded"), null, 0, ALWAYS));
    }

    /**
     * Makes the chosen node upload the files later: at least this time passes between TaskSuccess and TaskResultUploaded.
     * Once the fault is over, the node uploads them at once.
     */
    public Fault uploadLate(Duration delay) {
        String name = "nodes: results uploaded late by " + delay.toMillis() + " ms";
        return add(new Effect(new Fault(name), null, 0, delay));
    }

    /**
     * Makes all nodes pause as soon as they are free: tasks wait in the contract's queue. Pausing takes one or two blocks, and
     * so does the return after the fault. Counts no hits; only {@link Fault#during} limits it.
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
     * Occupies all nodes with tasks of another creator, the stranger: new tasks wait in the contract's queue until the fault is
     * over. It takes one or two blocks until the nodes are busy, and a few more until they are free again. One task of the
     * stranger that pays more than any other waits, too. Counts no hits; only {@link Fault#during} limits it.
     */
    public Fault busy() {
        return crowds.add("nodes: all busy with strangers' tasks", Optional.empty());
    }

    /**
     * Occupies all nodes and fills the contract's queue with tasks of another creator, the stranger, and adds one more after
     * each task that is created. A task that pays less per cap is evicted ("Task fee is too low", the fee is lost); one that
     * pays more waits. Once the fault is over, the stranger's tasks are cancelled. Counts no hits; only {@link Fault#during}
     * limits it. If {@link #busy} is on, too, the fault started last applies.
     *
     * @param fee of each of the stranger's tasks, in wei; their cap is 1
     * @throws IllegalArgumentException if the fee is not positive: such tasks would never start
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

    /** Ends all faults; what they held back continues. */
    public synchronized void clear() {
        effects.forEach(effect -> effect.fault().end());
        effects.clear();
        pauses.clear();
        crowds.clear();
    }

    /** The faults that are on. */
    public synchronized List<Fault> on() {
        effects.removeIf(effect -> effect.fault().isOver());
        return Stream.of(
                        effects.stream().map(Effect::fault).filter(Fault::isOn),
                        pauses.on().stream(),
                        crowds.on().stream())
                .flatMap(Function.identity())
                .toList();
    }

    /** The behaviour of the nodes of a stranger's task, which has no parameters. */
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
                withheld = effect.fault().hit() ? effect : withheld;
            } else if (roles.size() < NODES && effect.fault().hit()) {
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
