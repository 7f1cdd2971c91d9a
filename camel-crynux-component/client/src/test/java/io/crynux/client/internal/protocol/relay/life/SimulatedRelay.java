// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import io.crynux.client.internal.protocol.relay.api.Answer;
import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.EventType;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * One request's tasks in a Relay, on a time that the test sets, by the tables of the relay protocol (sections 5.3, 5.4 and 7.1). What
 * nodes do is scripted by member. For crashes and lost answers; the rules themselves are held to recordings.
 */
final class SimulatedRelay {
    static final String CREATOR = "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F";
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final BigInteger FEE = BigInteger.TEN;

    /** What a node does with a task: nothing before {@code start}, reports after {@code run}. */
    record Script(Duration start, Duration run, String result) {
        static final String ERROR = "error";
        static final Script NEVER_STARTS = new Script(Duration.ofDays(1), Duration.ZERO, "");
    }

    private static final class Task {
        final int sequence;
        final Script script;
        final boolean selected;
        final Instant created;
        TaskStatus status = TaskStatus.QUEUED;
        AbortReason reason = AbortReason.NONE;
        Instant started;
        Instant ready;
        Instant validated;
        boolean refunded;
        TaskStatus reported;

        Task(int sequence, Script script, boolean selected, Instant created) {
            this.sequence = sequence;
            this.script = script;
            this.selected = selected;
            this.created = created;
        }
    }

    private final Map<Integer, Task> tasks = new LinkedHashMap<>();
    private final Map<Integer, Script> scripts;
    private final Map<Integer, Boolean> selected;
    private int affordable = Integer.MAX_VALUE;
    private Instant now;

    SimulatedRelay(Instant now, Map<Integer, Script> scripts, Map<Integer, Boolean> selected) {
        this.now = now;
        this.scripts = scripts;
        this.selected = selected;
    }

    /** Number of creations that the balance pays for; refunds add to it. */
    void setAffordable(int number) {
        affordable = number;
    }

    /** Events since the last call. */
    List<RelayEvent> events(IntFunction<String> commitments) {
        List<RelayEvent> rows = new ArrayList<>();
        tasks.forEach((index, task) -> {
            if (task.status != task.reported && task.status != TaskStatus.QUEUED) {
                task.reported = task.status;
                Arrays.stream(EventType.values())
                        .filter(type -> type.status() == task.status)
                        .forEach(type -> rows.add(new RelayEvent(
                                1,
                                type,
                                type.name(),
                                commitments.apply(index),
                                "0xnode",
                                "",
                                AbortReason.of(task.reason.number()),
                                "{}")));
            }
        });
        return rows;
    }

    void advanceTo(Instant time) {
        for (Instant step = now; !step.isAfter(time); step = step.plusSeconds(1)) {
            now = step;
            tasks.values().forEach(this::tick);
        }
        now = time;
    }

    private void tick(Task task) {
        if (task.status == TaskStatus.QUEUED && !now.isBefore(task.created.plus(task.script.start))) {
            task.status = TaskStatus.STARTED;
            task.started = now;
        }
        if (task.status == TaskStatus.STARTED && !now.isBefore(task.started.plus(task.script.run))) {
            boolean error = task.script.result.equals(Script.ERROR);
            task.status = error ? TaskStatus.ERROR_REPORTED : TaskStatus.SCORE_READY;
            task.ready = now;
        }
        if (task.status.isReady() && now.isAfter(task.ready.plus(WINDOW))) {
            end(task, TaskStatus.END_ABORTED, AbortReason.CREATOR_VALIDATION_TIMEOUT, false);
        }
        if (task.status.isValidated() && now.isAfter(task.validated.plusSeconds(2))) {
            boolean alone = task.status == TaskStatus.VALIDATED;
            end(task, alone ? TaskStatus.END_SUCCESS : TaskStatus.END_GROUP_SUCCESS, AbortReason.NONE, false);
        }
    }

    private void end(Task task, TaskStatus status, AbortReason reason, boolean refund) {
        task.status = status;
        task.reason = reason;
        task.refunded = refund;
        affordable += refund ? 1 : 0;
    }

    Answer<RelayTask> create(int index, String commitment) {
        if (tasks.containsKey(index)) {
            return new Answer.Refused<>(new Refusal.AlreadyThere(false, "Task already uploaded"));
        }
        if (affordable <= 0) {
            return new Answer.Refused<>(new Refusal.Stranger(Subject.BALANCE, "Insufficient relay account balance"));
        }
        affordable--;
        tasks.put(
                index,
                new Task(
                        tasks.size(),
                        scripts.getOrDefault(index, Script.NEVER_STARTS),
                        selected.getOrDefault(index, false),
                        now));
        return get(index, commitment);
    }

    boolean isSelected(int index) {
        return tasks.get(index).selected;
    }

    Answer<RelayTask> get(int index, String commitment) {
        Task task = tasks.get(index);
        if (task == null) {
            return new Answer.Refused<>(new Refusal.NotFound("Task not found"));
        }
        return new Answer.Done<>(new RelayTask(
                commitment,
                BigInteger.valueOf(task.sequence),
                CREATOR,
                "0x" + "00".repeat(32),
                "0x" + "00".repeat(32),
                TaskStatus.of(task.status.number()),
                AbortReason.of(task.reason.number()),
                task.status == TaskStatus.ERROR_REPORTED ? 1 : 0,
                0,
                "3.1.0",
                BigInteger.ZERO,
                BigInteger.ZERO,
                "",
                BigInteger.ZERO,
                BigInteger.ONE,
                FEE,
                List.of(),
                task.ready == null ? "" : task.script.result,
                task.started == null ? "" : "0xnode",
                task.created,
                task.started,
                task.ready,
                task.validated,
                null));
    }

    Answer<Void> cancel(int index) {
        Task task = tasks.get(index);
        if (task.status != TaskStatus.QUEUED) {
            return new Answer.Refused<>(new Refusal.Race("Task can no longer be cancelled"));
        }
        end(task, TaskStatus.END_ABORTED, AbortReason.CREATOR_CANCELLED, true);
        return new Answer.Done<>(null);
    }

    Answer<Void> validate(List<Integer> members) {
        if (members.size() == 1) {
            return alone(tasks.get(members.get(0)));
        }
        List<Task> group = members.stream().map(tasks::get).toList();
        if (group.stream().anyMatch(task -> task == null)) {
            return new Answer.Refused<>(new Refusal.NotFound("record not found"));
        }
        return group(group);
    }

    private Answer<Void> alone(Task task) {
        if (!task.status.isReady()) {
            return new Answer.Refused<>(new Refusal.Race("illegal task state"));
        }
        if (task.selected) {
            return new Answer.Refused<>(new Refusal.Sampled(true, "task is selected for validation"));
        }
        if (task.status == TaskStatus.ERROR_REPORTED) {
            end(task, TaskStatus.END_ABORTED, AbortReason.ERROR_REPORTED, true);
        } else {
            task.status = TaskStatus.VALIDATED;
            task.validated = now;
        }
        return new Answer.Done<>(null);
    }

    private Answer<Void> group(List<Task> group) {
        if (group.stream().anyMatch(task -> task.reason == AbortReason.CREATOR_VALIDATION_TIMEOUT)) {
            return new Answer.Refused<>(new Refusal.GroupExpired("task group validation expired"));
        }
        if (!group.stream().allMatch(task -> task.status.isReady() || task.status == TaskStatus.END_ABORTED)) {
            return new Answer.Refused<>(new Refusal.Race("illegal task state"));
        }
        Task first = group.stream()
                .min(Comparator.comparingInt(task -> task.sequence))
                .orElseThrow();
        if (!first.selected) {
            return new Answer.Refused<>(new Refusal.Sampled(false, "task is not selected for validation"));
        }
        List<Task> finished =
                group.stream().filter(task -> task.status.isReady()).toList();
        if (finished.size() == 3 && finished.stream().allMatch(task -> task.status == TaskStatus.ERROR_REPORTED)) {
            throw new AssertionError("three error reports are never sent as a group");
        }
        if (finished.isEmpty()) {
            throw new AssertionError("a group without a finished member is never sent");
        }
        settle(finished);
        return new Answer.Done<>(null);
    }

    private void settle(List<Task> finished) {
        String majority = finished.stream()
                .map(task -> task.script.result)
                .filter(result -> finished.stream()
                                .filter(task -> task.script.result.equals(result))
                                .count()
                        >= 2)
                .findFirst()
                .orElse("");
        boolean scored = !majority.isEmpty() && !majority.equals(Script.ERROR);
        boolean uploads = false;
        for (Task task : finished) {
            if (finished.size() == 1) {
                end(task, TaskStatus.END_ABORTED, AbortReason.GROUP_TIMEOUT, true);
            } else if (scored && task.script.result.equals(majority)) {
                if (uploads) {
                    end(task, TaskStatus.END_GROUP_REFUND, AbortReason.NONE, true);
                } else {
                    uploads = true;
                    task.status = TaskStatus.GROUP_VALIDATED;
                    task.validated = now;
                }
            } else if (finished.size() == 3 && !majority.isEmpty() && !task.script.result.equals(majority)) {
                end(task, TaskStatus.END_INVALIDATED, AbortReason.NONE, false);
            } else {
                end(task, TaskStatus.END_ABORTED, AbortReason.INCORRECT_RESULT, true);
            }
        }
    }

    /** Fees that are charged and not refunded. */
    BigInteger spent() {
        long paid = tasks.values().stream().filter(task -> !task.refunded).count();
        return FEE.multiply(BigInteger.valueOf(paid));
    }

    int created() {
        return tasks.size();
    }

    /** Number of tasks whose fee was lost because they were not validated in time. */
    long missed() {
        return tasks.values().stream()
                .filter(task -> task.reason == AbortReason.CREATOR_VALIDATION_TIMEOUT)
                .count();
    }

    boolean allEnded() {
        return tasks.values().stream().allMatch(task -> task.status.isEnd());
    }
}
