// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.journal.LaneRecord;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A network in memory without chain, Relay or nonce: it accepts tasks, works on them and ends them as a test says. What it knows
 * outlives the clients that use it, so that a client can stop and another one can go on. Thread-safe.
 */
public final class ScriptedNetwork {

    /** What becomes of tasks. */
    public enum Plan {
        /** They succeed at once. */
        COMPLETE,
        /** They are started, and end when the test says so. */
        HOLD,
        /** They are taken, and no node starts them before the test says so. */
        QUEUE,
        /** They are aborted once they are started. */
        ABORT,
        /** They are not charged. */
        REFUSE,
        /** They are refused, and may be charged all the same. */
        REFUSE_FIRST,
        /** The network has what was sent and no task yet. */
        PEND,
        /** What was sent is lost, until it is sent again. */
        LOSE,
        /** They are seen and not charged, for good. */
        REVERT,
        /** Nothing happens: the test calls {@link ScriptedNetwork#contexts} itself. */
        BY_HAND
    }

    /** What becomes of downloads. */
    public enum Results {
        AT_ONCE,
        /** They fail. */
        FAIL,
        /** They wait until another plan is made. */
        HOLD
    }

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    private static final byte[] CHAT =
            """
            {"model":"scripted","choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"as told"}}],\
            "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""
                    .getBytes(StandardCharsets.UTF_8);

    private final Map<String, ScriptedTask> tasks = new LinkedHashMap<>();
    /** Of each slot at most one task is charged; by the orders' keys. */
    private final Map<String, String> slots = new HashMap<>();

    private final List<AttemptContext> contexts = new ArrayList<>();
    private final List<CompletableFuture<Void>> heldResults = new ArrayList<>();
    private final List<LaneRecord> ownRecovered = new ArrayList<>();
    private Plan plan = Plan.COMPLETE;
    private Results results = Results.AT_ONCE;
    private Predicate<TaskOrder> failing = order -> false;
    private BiFunction<TaskOrder, Integer, byte[]> files = (order, number) -> result(order.kind());
    private boolean refunding;
    private boolean silent;
    private boolean down;
    private int refusals;
    private boolean finalAtOnce = true;
    private long ids;

    /** What becomes of the tasks that come from now on. */
    public synchronized ScriptedNetwork plan(Plan next) {
        plan = next;
        return this;
    }

    synchronized Plan plan() {
        return plan;
    }

    /** What becomes of downloads from now on; those that wait go on. */
    public ScriptedNetwork results(Results next) {
        List<CompletableFuture<Void>> held;
        synchronized (this) {
            results = next;
            held = List.copyOf(heldResults);
            heldResults.clear();
        }
        held.forEach(waiting -> waiting.complete(null));
        return this;
    }

    /** Whether the ends of the tasks that come from now on are final at once; otherwise {@link ScriptedTask#makeFinal} does it. */
    public synchronized ScriptedNetwork finalAtOnce(boolean next) {
        finalAtOnce = next;
        return this;
    }

    /** The context of each attempt that was begun or recovered, in this order. */
    public synchronized List<AttemptContext> contexts() {
        return new ArrayList<>(contexts);
    }

    synchronized void begun(AttemptContext context) {
        contexts.add(context);
    }

    /** Records of no request that were recovered. */
    public synchronized List<LaneRecord> ownRecovered() {
        return new ArrayList<>(ownRecovered);
    }

    synchronized void recoveredOwn(LaneRecord own) {
        ownRecovered.add(own);
    }

    /** Tasks that are aborted where others succeed; none by default. */
    public synchronized ScriptedNetwork failing(Predicate<TaskOrder> fails) {
        failing = fails;
        return this;
    }

    /** Files of results, by their order and number; by default the same for all. */
    public synchronized ScriptedNetwork results(BiFunction<TaskOrder, Integer, byte[]> newFiles) {
        files = newFiles;
        return this;
    }

    /** Whether tasks that are aborted from now on get their fee back; by default they do not. */
    public synchronized ScriptedNetwork refunding(boolean refunds) {
        refunding = refunds;
        return this;
    }

    /** In silence, tasks are charged, and their clients do not hear of them before they ask again. */
    public synchronized ScriptedNetwork silent(boolean silence) {
        silent = silence;
        return this;
    }

    /** Whether clients cannot connect. */
    public synchronized ScriptedNetwork down(boolean isDown) {
        down = isDown;
        return this;
    }

    synchronized boolean isDown() {
        return down;
    }

    /** How many tasks were refused. */
    public synchronized int refusals() {
        return refusals;
    }

    /** The task of that id that the network has heard of. */
    public Optional<ScriptedTask> task(long id) {
        return tasks().stream()
                .filter(task -> task.id().equals(BigInteger.valueOf(id)))
                .findFirst();
    }

    /** A way to this network for one client. */
    public ScriptedProtocol protocol() {
        return new ScriptedProtocol(this);
    }

    /** All tasks that the network has heard of, in their order. */
    public synchronized List<ScriptedTask> tasks() {
        return new ArrayList<>(tasks.values());
    }

    /** Lets every task that is held or queued succeed. */
    public void release() {
        tasks().forEach(ScriptedTask::complete);
    }

    /** Of this order and another one that was refused at most one is charged; another one may be the same. */
    synchronized void claim(TaskOrder order, TaskOrder refused) {
        slots.put(order.key(), slots.getOrDefault(refused.key(), refused.key()));
    }

    /**
     * Takes a task, once for each key.
     *
     * @return null where the plan is to refuse it
     */
    synchronized ScriptedTask take(TaskOrder order, Consumer<ScriptedTask> news) {
        String slot = slots.getOrDefault(order.key(), order.key());
        ScriptedTask known = tasks.get(order.key());
        if (known == null && plan == Plan.REFUSE) {
            refusals++;
            return null;
        }
        if (known == null) {
            known = new ScriptedTask(this, order, slot, nextId(), plan, finalAtOnce, failing.test(order));
            if (known.isCharged() && isSlotTaken(known)) {
                known = new ScriptedTask(this, order, slot, nextId(), Plan.PEND, finalAtOnce, false);
                known.die();
            }
            tasks.put(order.key(), known);
            if (known.isCharged()) {
                othersOfSlot(known).forEach(ScriptedTask::die);
            }
        }
        if (!silent) {
            known.acknowledge();
            known.listen(news);
        }
        return known;
    }

    synchronized BigInteger nextId() {
        return BigInteger.valueOf(++ids);
    }

    /** Whether another task of its slot is charged. */
    boolean isSlotTaken(ScriptedTask task) {
        return othersOfSlot(task).stream().anyMatch(ScriptedTask::isCharged);
    }

    synchronized List<ScriptedTask> othersOfSlot(ScriptedTask task) {
        return tasks.values().stream()
                .filter(other -> other != task && other.slot().equals(task.slot()))
                .toList();
    }

    /** Completes when a result may be downloaded. */
    synchronized CompletableFuture<Void> resultsReady() {
        return switch (results) {
            case AT_ONCE -> CompletableFuture.completedFuture(null);
            case FAIL -> CompletableFuture.failedFuture(new IOException("no result, as told"));
            case HOLD -> {
                CompletableFuture<Void> held = new CompletableFuture<>();
                heldResults.add(held);
                yield held;
            }
        };
    }

    /** What comes back of the fee of an aborted task. */
    synchronized BigInteger refund(TaskOrder order) {
        return refunding ? order.feeWei() : BigInteger.ZERO;
    }

    /** A file of the result of the task of that key, from its order as it arrived: a settled record has no parameters. */
    byte[] result(String key, int number) {
        BiFunction<TaskOrder, Integer, byte[]> made;
        TaskOrder order;
        synchronized (this) {
            made = files;
            order = tasks.get(key).order();
        }
        return made.apply(order, number);
    }

    static byte[] result(TaskKind kind) {
        return kind == TaskKind.GPT ? CHAT.clone() : PNG.clone();
    }
}
