// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedTask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tasks of an account are with the network at the same time, and which wait for their turn. */
class PlacesOfTasksTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);

    private void startWith(Limits limits) {
        start(settings(limits, EngineSettings.DEFAULT.budget()));
    }

    private List<CompletableFuture<TaskResult>> submit(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> submit(submission(order("key-" + i), WaitFor.RESULT, HOUR.multipliedBy(3), 1)))
                .toList();
    }

    @Test
    void theRestWaitsAndStartsInItsOrder() {
        network.plan(Plan.QUEUE);
        startWith(new Limits(3, 2, 4));
        List<CompletableFuture<TaskResult>> results = submit(6);
        assertThat(network.tasks()).hasSize(2);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(2, 2, 4));

        network.tasks().get(0).start();
        time.settle();
        assertThat(engine.load()).as("a place for unstarted ones is free").isEqualTo(new TaskEngine.Load(3, 2, 3));
        network.tasks().get(1).start();
        time.settle();
        assertThat(engine.load()).as("there is no other place").isEqualTo(new TaskEngine.Load(3, 1, 3));
        network.tasks().get(1).complete();
        time.settle();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(3, 2, 2));

        network.plan(Plan.COMPLETE);
        network.release();
        time.settle();
        assertThat(results).allMatch(result -> result.isDone() && !result.isCompletedExceptionally());
        assertThat(network.tasks())
                .extracting(task -> task.order().idempotencyKey())
                .containsExactly("key-0", "key-1", "key-2", "key-3", "key-4", "key-5");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        network.plan(Plan.QUEUE);
        startWith(new Limits(3, 2, 4));
        List<CompletableFuture<TaskResult>> results = submit(6);

        assertThat(failure(submit()))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("2 of at most 2 not yet started")
                .hasMessageContaining("4 of at most 4 wait")
                .hasMessageContaining("Nothing was signed");
        assertThat(results).noneMatch(CompletableFuture::isDone);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(2, 2, 4));
    }

    @Test
    void whoWaitsTooLongIsToldWhatWasInTheWay() {
        network.plan(Plan.QUEUE);
        startWith(new Limits(3, 2, 4));
        submit(2);
        CompletableFuture<TaskResult> late = submit();

        time.advance(HOUR);

        assertThat(failure(late))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("2 of at most 2 not yet started")
                .hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).hasSize(2);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(2, 2, 0));
    }

    static Stream<Consumer<ScriptedTask>> ends() {
        return Stream.of(ScriptedTask::complete, ScriptedTask::abort);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void aTaskThatHasTimedOutKeepsItsPlaceUntilItEnds(Consumer<ScriptedTask> end) {
        network.plan(Plan.HOLD);
        startWith(new Limits(1, 1, 5));
        CompletableFuture<TaskResult> late = submit();
        time.advance(HOUR);
        assertThat(failure(late)).isInstanceOf(TaskTimeoutException.class);
        network.plan(Plan.COMPLETE);
        CompletableFuture<TaskResult> next = submit();
        assertThat(network.tasks()).as("the network still works on it").hasSize(1);

        end.accept(network.tasks().get(0));
        time.settle();

        assertThat(next).isCompleted();
        assertThat(network.tasks()).hasSize(2);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
    }

    @Test
    void stoppingPaysForNoneOfTheTasksThatWait() {
        network.plan(Plan.HOLD);
        startWith(new Limits(1, 1, 5));
        List<CompletableFuture<TaskResult>> results = submit(5);

        stop();

        assertThat(results)
                .allSatisfy(result -> assertThat(failure(result)).isInstanceOf(CrynuxShutdownException.class));
        assertThat(network.tasks()).hasSize(1);
    }
}
