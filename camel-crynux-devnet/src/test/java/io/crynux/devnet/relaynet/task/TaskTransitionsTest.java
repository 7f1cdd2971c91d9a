// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.relaynet.arguments.Workload;
import io.crynux.devnet.state.Transition;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A task makes the steps of its table, and no others. */
class TaskTransitionsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T00:00:00Z");

    /** A task in each state, by steps of the table. */
    private static final Map<TaskStatus, RelayTask> TASKS = tasks();

    private static Map<TaskStatus, RelayTask> tasks() {
        Map<TaskStatus, RelayTask> tasks = new EnumMap<>(TaskStatus.class);
        tasks.put(TaskStatus.QUEUED, RelayTask.created(1, order(), "0x00", NOW));
        Deque<RelayTask> open = new ArrayDeque<>(tasks.values());
        while (!open.isEmpty()) {
            RelayTask task = open.poll();
            for (TaskStep step : TaskStep.values()) {
                if (task.allows(step)) {
                    RelayTask next = task.after(step, NOW);
                    if (tasks.putIfAbsent(next.status(), next) == null) {
                        open.add(next);
                    }
                }
            }
        }
        return tasks;
    }

    private static TaskOrder order() {
        return new TaskOrder(
                "0xc0",
                "0xcreator",
                "{}",
                0,
                "0x00",
                List.of("base:m"),
                8,
                "",
                0,
                TaskVersion.parse("3.1.0").orElseThrow(),
                1,
                BigInteger.ONE,
                0,
                new Workload(BigInteger.ZERO, 0, 0, BigInteger.ZERO, BigInteger.ZERO),
                BigInteger.ONE);
    }

    static Stream<Arguments> cells() {
        return Stream.of(TaskStatus.values())
                .flatMap(status -> Stream.of(TaskStep.values()).map(step -> Arguments.of(status, step)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void eachStepIsPossibleWhereTheTableHasIt(TaskStatus status, TaskStep step) {
        Set<Transition<TaskStatus, TaskStep>> table = TaskTransitions.TABLE.transitions();
        RelayTask task = TASKS.get(status);
        assertThat(task).as("a task can be %s", status).isNotNull();
        Stream<Transition<TaskStatus, TaskStep>> rows =
                table.stream().filter(row -> row.from() == status && row.event() == step);
        rows.findFirst()
                .ifPresentOrElse(
                        row -> assertThat(task.after(step, NOW).status()).isEqualTo(row.to()),
                        () -> assertThatThrownBy(() -> task.after(step, NOW))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining(step.name()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void nothingLeadsOutOfAnEnd(TaskStatus status, TaskStep step) {
        assertThat(TASKS.get(status).allows(step) && status.isEnd()).isFalse();
    }
}
