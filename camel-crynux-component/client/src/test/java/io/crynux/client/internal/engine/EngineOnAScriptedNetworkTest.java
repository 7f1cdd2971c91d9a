// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.journal.TaskOrder;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.ScriptedNetwork.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine needs no chain: it runs a network that knows none. */
class EngineOnAScriptedNetworkTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aTaskIsChargedOnceAndItsResultIsDelivered() {
        start();

        TaskResult result = submit().join();

        assertThat(result.state()).isEqualTo(TaskState.DONE);
        assertThat(result.files()).hasSize(1);
        assertThat(network.tasks()).hasSize(1);
        assertThat(engine.load().inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource(WaitFor.class)
    void aSubmissionWaitsAsFarAsItSays(WaitFor waitFor) {
        network.plan(Plan.HOLD);
        start();

        CompletableFuture<TaskResult> result = submit(submission(order(null), waitFor, HOUR, 1));

        assertThat(result.isDone()).isEqualTo(waitFor == WaitFor.CREATED || waitFor == WaitFor.UPLOADED);
        network.release();
        time.settle();
        assertThat(result).isCompleted();
    }

    @Test
    void aDeadlineOfHoursEndsTheSubmissionAndNotTheTask() {
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submit();

        time.advance(HOUR.minusMillis(1));
        assertThat(result).isNotDone();
        time.advance(Duration.ofMillis(1));

        assertThat(failure(result)).isInstanceOf(TaskTimeoutException.class);
        assertThat(engine.load().inFlight()).isOne();
        network.release();
        time.settle();
        assertThat(engine.load().inFlight()).isZero();
    }

    @Test
    void anAbortedTaskIsPaidAgainAsOftenAsAllowed() {
        network.plan(Plan.ABORT);
        start();

        CompletableFuture<TaskResult> result = submit(submission(order(null), WaitFor.RESULT, HOUR, 3));

        assertThat(failure(result)).isInstanceOf(TaskAbortedException.class);
        assertThat(network.tasks()).hasSize(3);
    }

    @Test
    void whatTheNetworkRefusesIsNotCharged() {
        network.plan(Plan.REFUSE);
        start();

        assertThat(failure(submit())).isInstanceOf(CrynuxException.class).hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).isEmpty();
    }

    @Test
    void requestsOfOneKeyShareATask() {
        network.plan(Plan.HOLD);
        start();
        TaskOrder order = order("key");
        CompletableFuture<TaskResult> first = submit(submission(order, WaitFor.RESULT, HOUR, 1));
        CompletableFuture<TaskResult> second = submit(submission(order, WaitFor.RESULT, HOUR, 1));
        CompletableFuture<TaskResult> other = submit(submission(order("key"), WaitFor.RESULT, HOUR, 1));

        network.release();
        time.settle();

        assertThat(first.join().taskId()).isEqualTo(second.join().taskId());
        assertThat(failure(other)).isInstanceOf(InvalidTaskException.class);
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void theLimitsHoldAndTheRestWaitsUnsignedInOrder() {
        network.plan(Plan.HOLD);
        start(settings(new Limits(3, 3, 2), EngineSettings.DEFAULT.budget()));
        List<CompletableFuture<TaskResult>> results = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            results.add(submit());
        }

        assertThat(network.tasks()).hasSize(3);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(3, 0, 2));
        assertThat(failure(results.get(5))).isInstanceOf(RejectedExecutionException.class);
        network.release();
        time.settle();
        assertThat(network.tasks()).hasSize(5);
    }

    @Test
    void theBudgetHoldsBeforeAnythingLeaves() {
        start(settings(EngineSettings.DEFAULT.limits(), new BudgetSettings(FEE, Duration.ofDays(1))));

        assertThat(submit()).isCompleted();
        assertThat(failure(submit())).isInstanceOf(BudgetExceededException.class);
        time.advance(Duration.ofDays(1));
        assertThat(submit()).isCompleted();
        assertThat(network.tasks()).hasSize(2);
    }

    @Test
    void aStopEndsSubmissionsAndSaysWhatMayBeSpent() {
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submit();

        stop();

        assertThat(failure(result)).isInstanceOf(CrynuxShutdownException.class);
        assertThat(failure(submit())).isInstanceOf(CrynuxShutdownException.class);
    }
}
