// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.board.TaskState;
import io.crynux.devnet.relay.Relay;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The tasks that arrived at a devnet, with assertions for tests. An assertion waits until it holds, for up to 10 seconds or the
 * time set by {@link #within}; then it fails with an {@link AssertionError} that lists the tasks that arrived.
 *
 * <pre>{@code
 * devnet.tasks().areCreated(2).allSucceed().eachPaid("30");
 * DevnetTask task = devnet.tasks().withPrompt("a lighthouse");
 * devnet.tasks().within(Duration.ofSeconds(2)).areCreated(0);
 * }</pre>
 *
 * Of the tasks that have ended, the newest 1,000 are kept.
 */
public final class ArrivedTasks {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;

    private final TaskBoard board;
    private final Relay relay;
    private final Duration timeout;

    ArrivedTasks(TaskBoard board, Relay relay) {
        this(board, relay, TIMEOUT);
    }

    private ArrivedTasks(TaskBoard board, Relay relay, Duration timeout) {
        this.board = board;
        this.relay = relay;
        this.timeout = timeout;
    }

    /** The same tasks with another time limit for assertions. */
    public ArrivedTasks within(Duration time) {
        return new ArrivedTasks(board, relay, time);
    }

    /** A snapshot of all tasks, oldest first. */
    public List<DevnetTask> all() {
        List<DevnetTask> tasks = new ArrayList<>();
        board.newest(Integer.MAX_VALUE)
                .forEach(facts -> tasks.add(
                        DevnetTask.of(facts, relay.parameters(facts.created().taskId()))));
        Collections.reverse(tasks);
        return tasks;
    }

    /**
     * Asserts that exactly this number of tasks was created. Waits until there are that many; for 0 it waits for the whole time
     * limit to see that no task arrives.
     */
    public ArrivedTasks areCreated(int count) {
        List<DevnetTask> tasks = count == 0 ? await(found -> !found.isEmpty()) : await(found -> found.size() >= count);
        return expect(tasks.size() == count, count + " tasks", tasks);
    }

    /** Asserts that each task ended with its result at the Relay. */
    public ArrivedTasks allSucceed() {
        List<DevnetTask> tasks =
                await(found -> found.stream().allMatch(task -> task.state().ended()));
        return expect(
                tasks.stream().allMatch(task -> task.state() == TaskState.SUCCEEDED), "only tasks that succeed", tasks);
    }

    /** Asserts that each task was paid with this fee, in CNX. */
    public ArrivedTasks eachPaid(String cnx) {
        BigDecimal fee = new BigDecimal(cnx);
        List<DevnetTask> tasks = all();
        return expect(
                tasks.stream().allMatch(task -> task.fee().compareTo(fee) == 0),
                "tasks for " + cnx + " CNX each",
                tasks);
    }

    /**
     * Asserts that no two tasks have the same parameters, so nothing was paid for twice. Ignores tasks whose parameters are not
     * uploaded.
     */
    public ArrivedTasks areAllDifferent() {
        List<DevnetTask> tasks = all();
        Set<String> seen = new HashSet<>();
        return expect(
                tasks.stream().allMatch(task -> task.parameters() == null || seen.add(task.parameters())),
                "no two tasks with the same parameters",
                tasks);
    }

    /**
     * Returns the first task whose prompt contains a text, once its parameters are uploaded.
     *
     * @param text part of the prompt of an image task, or of the last message of a text task
     */
    public DevnetTask withPrompt(String text) {
        return first(task -> task.prompt().contains(text), "a task with the prompt \"" + text + "\"");
    }

    /** Returns the first task that was aborted with this reason. */
    public DevnetTask aborted(String reason) {
        return first(task -> reason.equals(task.abortReason()), "a task aborted with \"" + reason + "\"");
    }

    private DevnetTask first(Predicate<DevnetTask> wanted, String what) {
        List<DevnetTask> tasks = await(found -> found.stream().anyMatch(wanted));
        return tasks.stream().filter(wanted).findFirst().orElseThrow(() -> failure(what, tasks));
    }

    private ArrivedTasks expect(boolean holds, String what, List<DevnetTask> tasks) {
        if (!holds) {
            throw failure(what, tasks);
        }
        return this;
    }

    private static AssertionError failure(String what, List<DevnetTask> tasks) {
        return new AssertionError("Expected " + what + "; arrived "
                + (tasks.isEmpty()
                        ? "none"
                        : tasks.size() + ":\n  "
                                + tasks.stream().map(DevnetTask::toString).collect(Collectors.joining("\n  "))));
    }

    /** What there is once it is as wanted, or when time is up. */
    private List<DevnetTask> await(Predicate<List<DevnetTask>> wanted) {
        long end = System.nanoTime() + timeout.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        List<DevnetTask> tasks = all();
        try {
            while (!wanted.test(tasks) && System.nanoTime() < end) {
                never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                tasks = all();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return tasks;
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
