// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.node;

import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.fault.FaultGroup;
import io.crynux.devnet.relaynet.task.RelayTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Faults of the nodes. Each takes effect once per task that a node gets; where several are on, the first that is on does. So
 * {@code cheat().times(1)} affects the next task that starts: of a group of three, one member.
 */
public final class RelayNodeFaults {
    private static final AtomicLong RESULTS = new AtomicLong();

    private final FaultGroup<Supplier<UnaryOperator<NodePlan>>> roles = new FaultGroup<>();
    private final FaultGroup<String> pauses = new FaultGroup<>();
    private final FaultGroup<Predicate<RelayTask>> holds = new FaultGroup<>();
    private volatile NodeScript script = (task, usual) -> usual;
    private volatile Function<RelayTask, Optional<String>> choice = task -> Optional.empty();

    /** Makes nodes report that the parameters are invalid, instead of a score. */
    public Fault error() {
        return add("error reported", NodePlan::failing);
    }

    /** Makes nodes go silent: the task ends when its execution times out. */
    public Fault hang() {
        return add("no score", NodePlan::hanging);
    }

    /** Makes nodes compute a wrong result, each a different one. */
    public Fault cheat() {
        return roles.add("nodes: wrong results", () -> plan -> plan.cheating("result " + RESULTS.incrementAndGet()));
    }

    /** Makes nodes compute a wrong result, all the same: two of them are the majority of a group. */
    public Fault collude() {
        return add("the same wrong result", plan -> plan.cheating("the same result"));
    }

    /** Makes nodes compute longer. */
    public Fault slow(Duration work) {
        return add("score after " + work.toMillis() + " ms", plan -> plan.working(work));
    }

    /** Makes nodes send their score and never upload the files: the task ends when its upload times out. */
    public Fault neverUpload() {
        return add("results never uploaded", NodePlan::neverUploading);
    }

    /** Makes nodes upload later after the validation. */
    public Fault uploadLate(Duration delay) {
        return add("results uploaded late by " + delay.toMillis() + " ms", plan -> plan.uploadingAfter(delay));
    }

    /** Lets no task start. Counts no hits; only {@link Fault#during} limits it. */
    public Fault pause() {
        return pauses.add("nodes: no task starts", "");
    }

    /**
     * Keeps some tasks in the queue. Counts no hits; only {@link Fault#during} limits it. If several are on, the one started
     * last applies.
     */
    public Fault hold(Predicate<RelayTask> held) {
        return holds.add("nodes: tasks held in the queue", held);
    }

    /** Sets what decides about nodes that no fault affects. */
    public void script(NodeScript newScript) {
        this.script = newScript;
    }

    /**
     * Sets which node gets a task.
     *
     * @param newChoice the node's address, which waits until that node is free; empty for any that fits
     */
    public void choose(Function<RelayTask, Optional<String>> newChoice) {
        this.choice = newChoice;
    }

    /** Whether the task may go to that node. */
    public boolean allows(RelayTask task, RelayNode node) {
        return choice.apply(task).map(node.address()::equals).orElse(true);
    }

    private Fault add(String name, UnaryOperator<NodePlan> change) {
        return roles.add("nodes: " + name, () -> change);
    }

    /** Whether a task may start now. */
    public boolean mayStart(RelayTask task) {
        return pauses.newest().isEmpty()
                && holds.newest().map(held -> !held.test(task)).orElse(true);
    }

    /** The plan of a node for a task that it gets now. */
    public NodePlan plan(RelayTask task, NodePlan honest) {
        return roles.hit(any -> true).map(role -> role.get().apply(honest)).orElseGet(() -> script.plan(task, honest));
    }

    /** Ends all faults, the script and the choice of nodes. */
    public void clear() {
        roles.clear();
        pauses.clear();
        holds.clear();
        script = (task, usual) -> usual;
        choice = task -> Optional.empty();
    }

    /** The faults that are on. */
    public List<Fault> on() {
        return Stream.of(roles.on(), pauses.on(), holds.on())
                .flatMap(List::stream)
                .toList();
    }
}
