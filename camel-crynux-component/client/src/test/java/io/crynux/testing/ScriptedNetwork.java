// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.journal.TaskOrder;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        REFUSE
    }

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};
    private static final byte[] CHAT =
            """
            {"model":"scripted","choices":[{"finish_reason":"stop","message":{"role":"assistant","content":"as told"}}],\
            "usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""
                    .getBytes(StandardCharsets.UTF_8);

    private final Map<String, ScriptedTask> tasks = new LinkedHashMap<>();
    private Plan plan = Plan.COMPLETE;
    private Predicate<TaskOrder> failing = order -> false;
    private BiFunction<TaskOrder, Integer, byte[]> results = (order, number) -> result(order.kind());
    private boolean refunding;
    private boolean silent;
    private boolean down;
    private int refusals;

    /** What becomes of the tasks that come from now on. */
    public synchronized ScriptedNetwork plan(Plan next) {
        plan = next;
        return this;
    }

    /** Tasks that are aborted where others succeed; none by default. */
    public synchronized ScriptedNetwork failing(Predicate<TaskOrder> fails) {
        failing = fails;
        return this;
    }

    /** Files of results, by their order and number; by default the same for all. */
    public synchronized ScriptedNetwork results(BiFunction<TaskOrder, Integer, byte[]> files) {
        results = files;
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

    /** The charged task of that id. */
    public Optional<ScriptedTask> task(long id) {
        return tasks().stream()
                .filter(task -> task.id().equals(BigInteger.valueOf(id)))
                .findFirst();
    }

    /** A way to this network for one client. */
    public ScriptedProtocol protocol() {
        return new ScriptedProtocol(this);
    }

    /** All tasks that were charged, in their order. */
    public synchronized List<ScriptedTask> tasks() {
        return new ArrayList<>(tasks.values());
    }

    /** Lets every task that is held or queued succeed. */
    public void release() {
        tasks().forEach(ScriptedTask::complete);
    }

    /**
     * Charges a task, once for each key of an order.
     *
     * @return null where the plan is to refuse it
     */
    synchronized ScriptedTask take(TaskOrder order, Consumer<ScriptedTask> news) {
        ScriptedTask known = tasks.get(order.key());
        if (known == null && plan == Plan.REFUSE) {
            refusals++;
            return null;
        }
        if (known == null) {
            known = new ScriptedTask(tasks.size() + 1, order, plan, failing.test(order));
            tasks.put(order.key(), known);
        }
        if (!silent) {
            known.acknowledge();
            known.listen(news);
        }
        return known;
    }

    /** The task of that key, or null. */
    synchronized ScriptedTask find(String key) {
        return tasks.get(key);
    }

    /** What comes back of the fee of an aborted task. */
    synchronized BigInteger refund(TaskOrder order) {
        return refunding ? order.feeWei() : BigInteger.ZERO;
    }

    /** A file of the result of the task of that key, from its order as it arrived: a settled record has no parameters. */
    byte[] result(String key, int number) {
        BiFunction<TaskOrder, Integer, byte[]> files;
        TaskOrder order;
        synchronized (this) {
            files = results;
            order = tasks.get(key).order();
        }
        return files.apply(order, number);
    }

    static byte[] result(TaskKind kind) {
        return kind == TaskKind.GPT ? CHAT.clone() : PNG.clone();
    }
}
