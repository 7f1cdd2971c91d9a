// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.EventType;
import io.crynux.client.internal.protocol.relay.task.RelayEvent;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The rules of the deadline: what is ready is validated in time. */
class DeadlineRulesTest {
    private static final Action ALONE = RuleCase.alone(0);
    private static final Action LOOK = new Action.Look(0);

    private static RuleCase ready() {
        return new RuleCase().created(0).seen(0, TaskStatus.SCORE_READY);
    }

    private static RelayEvent event(EventType type) {
        return new RelayEvent(1, type, type.name(), "c0", "0xnode", "0xscore", AbortReason.of(0), "{}");
    }

    @Test
    void aScoreIsValidatedAtOnce() {
        assertThat(ready().plan()).containsExactly(ALONE);
    }

    @Test
    void anErrorReportTooIsRefundedOnlyByValidating() {
        assertThat(new RuleCase().created(0).seen(0, TaskStatus.ERROR_REPORTED).plan())
                .containsExactly(ALONE);
    }

    @Test
    void theDecisionComesFirst() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST).seen(0, TaskStatus.SCORE_READY);

        assertThat(request.plan().get(0)).isEqualTo(new Action.Decide(0));
        assertThat(request.plan()).doesNotContain(ALONE);
    }

    @Test
    void anEventIsEnoughToValidate() {
        RuleCase request = new RuleCase().created(0);
        request.life = Changes.heard(request.life, event(EventType.SCORE_READY), RuleCase.START);

        assertThat(request.plan()).containsExactly(ALONE);
        request.sent(ALONE).validateAnswered(ALONE, null);
        assertThat(request.plan()).as("no look is needed").isEmpty();
        assertThat(SubState.of(request.life)).isEqualTo(SubState.VALIDATED);
        request.life = Changes.heard(request.life, event(EventType.END_SUCCESS), RuleCase.START);
        assertThat(request.plan()).containsExactly(new Action.Download(0));
        assertThat(request.life.first().score()).isEqualTo("0xscore");
        request.life = Changes.downloaded(request.life, 0);
        assertThat(request.outcome().ending()).isEqualTo(Ending.SUCCEEDED);
        assertThat(request.outcome().isSettled()).isTrue();
    }

    @Test
    void anEndWithoutResultIsRead() {
        RuleCase request = new RuleCase().created(0);
        request.life = Changes.heard(request.life, event(EventType.END_ABORTED), RuleCase.START);

        assertThat(request.plan()).containsExactly(LOOK);
        assertThat(request.outcome().ending()).isEqualTo(Ending.OPEN);
    }

    @Test
    void afterALostAnswerReadingDecides() {
        RuleCase request = ready().sent(ALONE).validateAnswered(ALONE, new Refusal.NoAnswer("lost"));
        assertThat(request.plan()).containsExactly(LOOK);

        request.at(2).seen(0, TaskStatus.VALIDATED);
        assertThat(request.plan()).isEmpty();
    }

    @Test
    void aProcessThatStoppedWhileItValidatedReadsFirst() {
        assertThat(ready().sent(ALONE).plan()).isEmpty();
        assertThat(ready().sent(ALONE).crashed().plan()).containsExactly(LOOK);
        assertThat(ready().crashed().plan()).as("not sent yet").containsExactly(ALONE);
    }

    @Test
    void itIsRepeatedWithGrowingPauses() {
        RuleCase request = ready();
        long time = 0;
        for (long pause : new long[] {1, 2, 4, 8, 10, 10}) {
            request.at(time)
                    .sent(ALONE)
                    .validateAnswered(ALONE, new Refusal.Unknown(500, "?"))
                    .seen(0, TaskStatus.SCORE_READY);
            assertThat(request.plan()).doesNotContain(ALONE);
            assertThat(request.next()).isEqualTo(time + pause);
            time += pause;
            assertThat(request.at(time).plan()).contains(ALONE);
        }
    }

    @Test
    void itIsRepeatedUntilTheWindowIsOver() {
        RuleCase request = ready().sent(ALONE).validateAnswered(ALONE, new Refusal.Race("illegal task state"));
        request.at(599).seen(0, TaskStatus.SCORE_READY);
        assertThat(request.plan()).contains(ALONE);
        assertThat(request.at(700).plan()).doesNotContain(ALONE).contains(LOOK);
    }

    @Test
    void aClockErrorFailsNothing() {
        RuleCase request = ready().sent(ALONE).validateAnswered(ALONE, new Refusal.WrongClock("Invalid signature"));
        request.seen(0, TaskStatus.SCORE_READY);

        assertThat(request.at(1).plan()).contains(ALONE);
    }

    @Test
    void onlyAnswersThatNeverBecomeRightStopIt() {
        RuleCase request =
                ready().sent(ALONE).validateAnswered(ALONE, new Refusal.Permanent(Subject.PROOF, "task id incorrect"));
        request.seen(0, TaskStatus.SCORE_READY);

        assertThat(request.at(300).plan()).doesNotContain(ALONE);
        request.at(601).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT);
        assertThat(request.outcome().ending()).isEqualTo(Ending.VALIDATION_MISSED);
    }

    @Test
    void aMissedDeadlineIsToldWithTheFeeLost() {
        RuleCase request = ready().at(601).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT);

        assertThat(request.outcome().ending()).isEqualTo(Ending.VALIDATION_MISSED);
        assertThat(request.outcome().money().spentWei()).isEqualTo(SimulatedRelay.FEE);
        assertThat(request.outcome().mayTryAgain()).isFalse();
    }

    @Test
    void startedTasksAreLookedAtEveryQuarterOfTheWindow() {
        assertThat(new RuleCase().created(0).seen(0, TaskStatus.STARTED).next()).isEqualTo(150);
        assertThat(new RuleCase().created(0).next()).as("queued").isEqualTo(300);
    }

    @Test
    void whatWasHeardAfterTheQuestionIsNotForgotten() {
        RuleCase request = new RuleCase().created(0).at(10);
        request.life = Changes.heard(request.life, event(EventType.SCORE_READY), RuleCase.START.plusSeconds(10));
        request.life = Changes.looked(
                request.life,
                0,
                new SimulatedRelay(RuleCase.START, Map.of(), Map.of()).create(0, "c0"),
                RuleCase.START.plusSeconds(9),
                RuleCase.START.plusSeconds(11));

        assertThat(request.plan()).as("the answer is older than the event").containsExactly(LOOK);
    }

    @Test
    void aRestoredRelayThatForgotTheValidationIsValidatedAgain() {
        RuleCase request = ready().sent(ALONE).validateAnswered(ALONE, null);
        request.at(60).seen(0, TaskStatus.SCORE_READY);

        assertThat(request.plan()).contains(ALONE);
    }

    @Test
    void doubtReadsAllOpenTasks() {
        RuleCase request = new RuleCase().created(0);
        assertThat(request.plan()).isEmpty();
        request.life = Changes.doubted(request.life);
        assertThat(request.plan()).isEqualTo(List.of(LOOK));
    }
}
