// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.ResultUnavailableException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedNetwork.Results;
import io.crynux.testing.ScriptedTask;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What depends on hours and days: deadlines, the budget's periods, the retention of keys; and what outlives a process. */
class EngineInVirtualTimeTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final KeptJournal kept = new KeptJournal();

    @BeforeEach
    void keepTheJournal() {
        journal = kept;
    }

    private CompletableFuture<TaskResult> submitWith(String key, Duration timeout) {
        return submit(submission(order(key, key), WaitFor.RESULT, timeout, 1));
    }

    private void startWithBudget(long tasks) {
        start(settings(Limits.DEFAULT, new BudgetSettings(FEE.multiply(BigInteger.valueOf(tasks)), DAY)));
    }

    @Test
    void aCancelledTaskGivesTheNextAttemptItsWholeTime() {
        network.plan(Plan.HOLD);
        start();
        Submission plain = submission(order(null), WaitFor.RESULT, HOUR.multipliedBy(9), 2);
        CompletableFuture<TaskResult> result = submit(new Submission(
                plain.order(),
                plain.key(),
                false,
                plain.waitFor(),
                plain.timeout(),
                true,
                plain.maxAttempts(),
                BigDecimal.ZERO,
                null));

        time.advance(HOUR.multipliedBy(9));
        assertThat(network.tasks())
                .as("the first one is cancelled, and paid again")
                .hasSize(2);
        time.advance(HOUR.multipliedBy(9).minusMillis(1));
        assertThat(result).isNotDone();
        time.advance(Duration.ofMillis(1));

        assertThat(failure(result)).isInstanceOf(TaskAbortedException.class);
        assertThat(network.tasks()).hasSize(2);
    }

    @Test
    void theDeadlineOfATaskThatWaitsForItsTurnCostsNothing() {
        network.plan(Plan.HOLD);
        start(settings(new Limits(1, 1, 5), EngineSettings.DEFAULT.budget()));
        submit();
        CompletableFuture<TaskResult> waiting = submit();

        time.advance(HOUR);

        assertThat(failure(waiting)).isInstanceOf(TaskTimeoutException.class).hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).hasSize(1);
        assertThat(engine.load().waiting()).isZero();
    }

    @Test
    void whatWasReservedAndNotSpentIsFreeInTheSamePeriod() {
        network.plan(Plan.REVERT);
        startWithBudget(1);
        submit();
        network.plan(Plan.COMPLETE);

        assertThat(submit()).isCompleted();
        assertThat(failure(submit())).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void whatCameBackOfAFeeIsFreeInTheSamePeriod() {
        network.plan(Plan.ABORT).refunding(true);
        startWithBudget(2);
        assertThat(failure(submit())).isInstanceOf(TaskAbortedException.class);
        assertThat(failure(submit())).isInstanceOf(TaskAbortedException.class);
        network.plan(Plan.COMPLETE);

        assertThat(submit()).isCompleted();
        assertThat(submit()).isCompleted();
        assertThat(failure(submit()))
                .isInstanceOf(BudgetExceededException.class)
                .hasMessageContaining("The budget of 2 CNX per PT24H")
                .hasMessageContaining("2 CNX are spent or reserved. Nothing was signed");
        assertThat(network.tasks()).hasSize(4);
    }

    @Test
    void aTaskCountsInThePeriodOfItsSignatureWheneverItEnds() {
        network.plan(Plan.HOLD);
        startWithBudget(2);
        submit(submission(order(null), WaitFor.RESULT, DAY.multipliedBy(2), 1));
        time.advance(DAY);
        network.release();
        time.settle();
        network.plan(Plan.COMPLETE);

        assertThat(submit()).isCompleted();
        assertThat(submit()).as("that of yesterday does not count today").isCompleted();
        assertThat(failure(submit())).isInstanceOf(BudgetExceededException.class);
    }

    @Test
    void aRestartForgetsNothingThatCounts() {
        startWithBudget(2);
        submit();
        submit();
        stop();
        startWithBudget(2);

        assertThat(failure(submit())).isInstanceOf(BudgetExceededException.class);
        time.advance(DAY);
        assertThat(submit()).isCompleted();
    }

    @Test
    void aKeyHoldsForTheRetentionAndNoLonger() {
        start();
        String first = submitWith("key", HOUR).join().taskId();
        time.advance(DAY.minusMillis(1));
        assertThat(submitWith("key", HOUR).join().taskId()).isEqualTo(first);
        time.advance(Duration.ofMillis(1));

        assertThat(submitWith("key", HOUR).join().taskId()).isNotEqualTo(first);
        assertThat(network.tasks()).hasSize(2);
    }

    @Test
    void aKeyHoldsAcrossRestarts() {
        network.plan(Plan.ABORT);
        start();
        submitWith("key", HOUR);
        stop();
        network.plan(Plan.COMPLETE);
        start();

        assertThat(failure(submitWith("key", HOUR))).isInstanceOf(TaskAbortedException.class);
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aRedeliveryOfWhatFailedJoinsItForTheRetention() {
        network.plan(Plan.HOLD);
        start();
        Submission submission = submission(order(null), WaitFor.RESULT, HOUR, 1);
        assertThat(failure(submitAndLetItTimeOut(submission))).isInstanceOf(TaskTimeoutException.class);

        time.advance(DAY.minus(HOUR).minusMillis(1));
        assertThat(failure(submit(submission))).isInstanceOf(TaskTimeoutException.class);
        assertThat(network.tasks()).hasSize(1);
    }

    private CompletableFuture<TaskResult> submitAndLetItTimeOut(Submission submission) {
        CompletableFuture<TaskResult> result = submit(submission);
        time.advance(HOUR);
        return result;
    }

    @Test
    void aRequestThatRunsAgainIsNotForgottenByItsEarlierFailure() {
        network.plan(Plan.REFUSE);
        start();
        Submission submission = submission(order(null), WaitFor.RESULT, DAY.multipliedBy(3), 1);
        submit(submission);
        network.plan(Plan.HOLD);
        CompletableFuture<TaskResult> again = submit(submission);

        time.advance(DAY);
        CompletableFuture<TaskResult> redelivered = submit(submission);
        network.release();
        time.settle();

        assertThat(again).isCompleted();
        assertThat(redelivered).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void whatTheJournalDoesNotTakeDoesNotLeave() {
        start();
        kept.losesWrites(true);

        assertThat(failure(submit())).hasMessageContaining("Nothing was spent");
        assertThat(network.tasks()).isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
    }

    @Test
    void anEndThatTheJournalHasMissedIsFoundByTheNextProcess() {
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submitWith("key", HOUR);
        kept.losesWrites(true);
        network.release();
        time.settle();
        assertThat(result).isCompleted();
        assertThat(submitWith("key", HOUR)).as("this process knows it").isCompleted();
        stop();
        kept.losesWrites(false);
        assertThat(kept.unsettled()).extracting(record -> record.state()).containsExactly(TaskState.UPLOADED);
        start();

        assertThat(submitWith("key", HOUR).join().taskId())
                .isEqualTo(result.join().taskId());
        assertThat(kept.unsettled()).isEmpty();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aResultThatCannotBeDownloadedHoldsNoPlace() {
        network.results(Results.FAIL);
        start();
        Submission submission = submission(order(null), WaitFor.RESULT, HOUR, 1);
        assertThat(failure(submit(submission))).isInstanceOf(ResultUnavailableException.class);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
        network.results(Results.AT_ONCE);

        assertThat(submit(submission)).as("a redelivery gets it").isCompleted();
        assertThat(network.tasks()).hasSize(1);
        assertThat(kept.unsettled()).isEmpty();
    }

    @Test
    void aClosedClientLeavesNoTimer() {
        network.plan(Plan.ABORT);
        start();
        submit();
        network.plan(Plan.HOLD);
        submit();
        network.plan(Plan.LOSE);
        submit();
        assertThat(time.timers()).isPositive();

        stop();

        assertThat(time.timers()).isZero();
    }

    @Test
    void whoAttendsATaskThatIsDoneIsToldWhenTheClientIsClosed() {
        network.results(Results.HOLD).finalAtOnce(false);
        start();
        submit(submission(order(null), WaitFor.SUCCESS, HOUR, 1));
        ScriptedTask task = network.tasks().get(0);
        CompletableFuture<TaskResult> attending = new KnownTasks(engine)
                .resume(
                        task.id().toString(),
                        () -> CompletableFuture.failedFuture(new AssertionError()),
                        WaitFor.RESULT,
                        HOUR);
        time.settle();
        assertThat(attending).isNotDone();

        stop();

        assertThat(attending).isCompletedExceptionally();
    }

    @Test
    void aRecordOfNoRequestIsGivenBackToTheProtocol() {
        start();
        engine.loop.execute(() -> protocol.sendOwn("own"));
        time.settle();
        stop();
        assertThat(kept.unsettled()).hasSize(1);

        start();

        assertThat(network.ownRecovered()).hasSize(1);
        assertThat(kept.unsettled()).isEmpty();
        assertThat(submit()).isCompleted();
    }
}
