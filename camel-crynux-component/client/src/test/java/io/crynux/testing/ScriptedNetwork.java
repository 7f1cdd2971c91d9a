// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import io.crynux.client.task.TaskKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

    /** What becomes of the tasks that come from now on. */
    public synchronized ScriptedNetwork plan(Plan next) {
        plan = next;
        return this;
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
     * Charges a task, once for each key.
     *
     * @return null where the plan is to refuse it
     */
    synchronized ScriptedTask take(String key, Consumer<ScriptedTask> news) {
        ScriptedTask known = tasks.get(key);
        if (known == null && plan == Plan.REFUSE) {
            return null;
        }
        if (known == null) {
            known = new ScriptedTask(tasks.size() + 1, plan);
            tasks.put(key, known);
        }
        known.listen(news);
        return known;
    }

    /** The task of that key, or null. */
    synchronized ScriptedTask find(String key) {
        return tasks.get(key);
    }

    static byte[] result(TaskKind kind) {
        return kind == TaskKind.GPT ? CHAT.clone() : PNG.clone();
    }
}
