// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of groups: one deadline, and what cannot be completed is saved member by member. */
class GroupRulesTest {
    private static final Action CANCEL_THIRD = new Action.Cancel(2);
    private static final Action RESCUE = new Action.Validate(List.of(0, 3, 4), 0);

    private static RuleCase states(TaskStatus first, TaskStatus second, TaskStatus third) {
        return new RuleCase().sampled().seen(0, first).seen(1, second).seen(2, third);
    }

    private static RuleCase twoReady(TaskStatus third) {
        return states(TaskStatus.SCORE_READY, TaskStatus.SCORE_READY, third);
    }

    @Test
    void threeReadyAreValidatedTogether() {
        assertThat(twoReady(TaskStatus.SCORE_READY).plan()).containsExactly(RuleCase.GROUP);
        assertThat(twoReady(TaskStatus.ERROR_REPORTED).plan()).containsExactly(RuleCase.GROUP);
    }

    @Test
    void nothingIsValidatedWhileOneRuns() {
        assertThat(twoReady(TaskStatus.STARTED).plan()).isEmpty();
        assertThat(twoReady(TaskStatus.QUEUED).plan()).isEmpty();
    }

    @Test
    void aMemberThatEndedIsNoObstacle() {
        RuleCase request = twoReady(TaskStatus.STARTED).ended(2, AbortReason.TIMEOUT);
        assertThat(request.plan()).containsExactly(RuleCase.GROUP);
        RuleCase firstCancelled = new RuleCase().sampled().ended(0, AbortReason.CREATOR_CANCELLED);
        firstCancelled.seen(1, TaskStatus.SCORE_READY).seen(2, TaskStatus.SCORE_READY);
        assertThat(firstCancelled.plan()).containsExactly(RuleCase.GROUP);
        assertThat(firstCancelled.outcome().ending()).as("no failure yet").isEqualTo(Ending.OPEN);
    }

    @Test
    void atHalfOfTheWindowTheQueuedAreCancelled() {
        RuleCase request = twoReady(TaskStatus.QUEUED);
        assertThat(request.next()).isLessThanOrEqualTo(300);
        assertThat(request.at(299).plan()).doesNotContain(CANCEL_THIRD);
        assertThat(request.at(300).plan()).contains(CANCEL_THIRD);

        request.sent(CANCEL_THIRD).cancelAnswered(2, null);
        assertThat(request.plan()).contains(RuleCase.GROUP);
    }

    @Test
    void orEarlierForALongExecution() {
        RuleCase request = new RuleCase().sampled();
        request.at(0).seen(0, TaskStatus.STARTED).at(200).seen(0, TaskStatus.SCORE_READY);
        request.at(200).seen(1, TaskStatus.STARTED);

        // It ran for 200 s and expires at 800: 2 * 200 + 60 s remain at 340.
        assertThat(request.at(339).plan()).doesNotContain(CANCEL_THIRD);
        assertThat(request.at(340).plan()).contains(CANCEL_THIRD).doesNotContain(new Action.Cancel(1));
    }

    @Test
    void aCancellationWithoutAnswerIsRead() {
        RuleCase request = twoReady(TaskStatus.QUEUED).at(300).sent(CANCEL_THIRD);
        request.cancelAnswered(2, new Refusal.NoAnswer("lost"));
        assertThat(request.plan()).contains(new Action.Look(2)).doesNotContain(CANCEL_THIRD, RuleCase.GROUP);

        request.at(302).seen(2, TaskStatus.QUEUED);
        assertThat(request.plan()).contains(CANCEL_THIRD);
        request.sent(CANCEL_THIRD).cancelAnswered(2, new Refusal.Race("Task can no longer be cancelled"));
        request.at(304).seen(2, TaskStatus.STARTED);
        assertThat(request.plan()).doesNotContain(CANCEL_THIRD);
    }

    @Test
    void withAnErrorTheQueuedAreCancelledAtOnce() {
        RuleCase twoErrors = states(TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED, TaskStatus.QUEUED);
        assertThat(twoErrors.plan()).containsExactly(CANCEL_THIRD);
        RuleCase oneError = states(TaskStatus.ERROR_REPORTED, TaskStatus.QUEUED, TaskStatus.QUEUED);
        assertThat(oneError.plan()).containsExactly(new Action.Cancel(1), CANCEL_THIRD);
    }

    @Test
    void withAnErrorAndAScoreTheThirdDecides() {
        RuleCase request = states(TaskStatus.SCORE_READY, TaskStatus.ERROR_REPORTED, TaskStatus.QUEUED);

        assertThat(request.plan()).isEmpty();
        assertThat(request.at(300).plan()).contains(CANCEL_THIRD);
    }

    @Test
    void threeErrorsAreNeverSentAsAGroup() {
        RuleCase request = states(TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED);

        assertThat(request.plan())
                .doesNotContain(RuleCase.GROUP)
                .contains(RuleCase.alone(1), RuleCase.alone(2), new Action.Create(3), new Action.Create(4));
    }

    @Test
    void twoFreshSiblingsAreCancelledAndRescueTheFirst() {
        RuleCase request = states(TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED);
        request.created(3).created(4);
        assertThat(request.plan())
                .contains(new Action.Cancel(3), new Action.Cancel(4))
                .doesNotContain(RESCUE);
        request.sent(new Action.Cancel(3)).cancelAnswered(3, null);
        request.sent(new Action.Cancel(4)).cancelAnswered(4, null);
        assertThat(request.crashed().plan()).contains(RESCUE);

        request.sent(RESCUE).validateAnswered(RESCUE, null).ended(0, AbortReason.GROUP_TIMEOUT);
        assertThat(request.plan())
                .contains(RuleCase.alone(1), RuleCase.alone(2))
                .doesNotContain(RuleCase.GROUP);
        request.ended(1, AbortReason.ERROR_REPORTED).ended(2, AbortReason.ERROR_REPORTED);
        assertThat(request.outcome().money().spentWei()).isZero();
        assertThat(request.outcome().money().chargedWei().intValue()).isEqualTo(50);
        assertThat(request.outcome().ending()).isEqualTo(Ending.PARAMETERS_REFUSED_BY_NODES);
        assertThat(request.outcome().mayTryAgain()).isFalse();
    }

    @Test
    void rescuersStayQueuedBecauseNoNodeHasTheirGpu() {
        assertThat(Gpu.NONE_HAS.name()).isEqualTo("No Such GPU+Linux");
    }

    @Test
    void aRescuerThatIsNotNeededAnyMoreIsCancelled() {
        RuleCase request = states(TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED, TaskStatus.ERROR_REPORTED);
        request.created(3).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT);

        assertThat(request.plan()).contains(new Action.Cancel(3)).doesNotContain(new Action.Create(4));
    }

    @Test
    void aMemberThatStillRunsWhenTheFirstHasExpiredIsValidatedAlone() {
        RuleCase request = new RuleCase().sampled().seen(0, TaskStatus.SCORE_READY);
        request.at(601).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT).seen(1, TaskStatus.STARTED);
        assertThat(request.at(620).seen(1, TaskStatus.SCORE_READY).plan()).contains(RuleCase.alone(1));
        request.sent(RuleCase.alone(1))
                .validateAnswered(RuleCase.alone(1), null)
                .seen(1, TaskStatus.END_GROUP_SUCCESS);

        assertThat(request.outcome().ending()).as("8 and 11 are alike").isEqualTo(Ending.SUCCEEDED);
        assertThat(request.plan()).contains(new Action.Download(1));
        assertThat(request.outcome().isSettled()).as("the third is open").isFalse();
    }

    @Test
    void unlessItsOwnSeedSelectsIt() {
        RuleCase request =
                new RuleCase().sampled().seen(0, TaskStatus.SCORE_READY).decided(1, true);
        request.at(601).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT).seen(1, TaskStatus.SCORE_READY);

        assertThat(request.plan()).doesNotContain(RuleCase.alone(1));
        request.at(1202).ended(1, AbortReason.CREATOR_VALIDATION_TIMEOUT);
        request.ended(2, AbortReason.TIMEOUT);
        assertThat(request.outcome().ending()).isEqualTo(Ending.VALIDATION_MISSED);
        assertThat(request.outcome().money().spentWei().intValue()).isEqualTo(20);
    }

    @Test
    void itsOwnSeedIsDecidedFirst() {
        RuleCase request = new RuleCase().created(0).decided(0, true).seen(0, TaskStatus.SCORE_READY);
        request.sent(new Action.Create(1)).seen(1, TaskStatus.SCORE_READY);
        request.at(601).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT);

        assertThat(request.plan()).contains(new Action.Decide(1)).doesNotContain(RuleCase.alone(1));
    }

    @Test
    void shortlyBeforeTheDeadlineOfAReadySiblingItIsSavedAlone() {
        RuleCase request = twoReady(TaskStatus.STARTED);
        assertThat(request.at(539).plan()).doesNotContain(RuleCase.alone(1));
        assertThat(request.at(540).plan()).contains(RuleCase.alone(1)).noneMatch(RESCUE::equals);
    }

    @Test
    void shortlyBeforeTheDeadlineOfAnErrorItsFeeIsRescued() {
        RuleCase request = states(TaskStatus.ERROR_REPORTED, TaskStatus.STARTED, TaskStatus.STARTED);
        assertThat(request.at(539).plan()).doesNotContain(new Action.Create(3));
        assertThat(request.at(540).plan()).contains(new Action.Create(3), new Action.Create(4));
    }

    @Test
    void aScoreIsNeverRescuedBecauseItsNodeWouldLoseItsPay() {
        RuleCase request = twoReady(TaskStatus.STARTED);

        assertThat(request.at(590).plan()).doesNotContain(new Action.Create(3), new Action.Create(4));
    }

    @Test
    void anExpiredGroupIsNotTriedAgain() {
        RuleCase request = twoReady(TaskStatus.SCORE_READY).sent(RuleCase.GROUP);
        request.validateAnswered(RuleCase.GROUP, new Refusal.GroupExpired("task group validation expired"));

        assertThat(request.plan()).doesNotContain(RuleCase.GROUP).contains(RuleCase.alone(1), RuleCase.alone(2));
    }

    @Test
    void twoAbortedMembersMakeTheQueuedOneHopeless() {
        RuleCase request =
                new RuleCase().sampled().ended(0, AbortReason.TIMEOUT).ended(1, AbortReason.TIMEOUT);

        assertThat(request.plan()).containsExactly(CANCEL_THIRD);
    }

    @Test
    void aLostAnswerOfAGroupIsReadAtTheMembers() {
        RuleCase request = twoReady(TaskStatus.SCORE_READY).sent(RuleCase.GROUP);
        request.validateAnswered(RuleCase.GROUP, new Refusal.NoAnswer("lost"));
        assertThat(request.plan())
                .contains(new Action.Look(0), new Action.Look(1))
                .doesNotContain(RuleCase.GROUP);

        request.at(1).seen(0, TaskStatus.GROUP_VALIDATED);
        assertThat(request.plan())
                .contains(new Action.Look(1), new Action.Look(2))
                .doesNotContain(RuleCase.GROUP);
    }

    @Test
    void cancelCancelsAllQueuedMembersAndKeepsPaidWorkGoing() {
        RuleCase request = states(TaskStatus.STARTED, TaskStatus.QUEUED, TaskStatus.QUEUED);
        request.life = Changes.cancelled(request.life);

        assertThat(request.plan()).containsExactly(new Action.Cancel(1), CANCEL_THIRD);
        request.sent(new Action.Cancel(1)).cancelAnswered(1, null);
        request.sent(CANCEL_THIRD).cancelAnswered(2, null);
        assertThat(request.at(10).seen(0, TaskStatus.SCORE_READY).plan()).contains(RuleCase.GROUP);
    }

    @Test
    void aCancelledRequestIsToldAsCancelled() {
        RuleCase request = new RuleCase().created(0);
        request.life = Changes.cancelled(request.life);
        assertThat(request.plan()).containsExactly(new Action.Cancel(0));

        request.sent(new Action.Cancel(0)).cancelAnswered(0, null);
        assertThat(request.outcome().ending()).isEqualTo(Ending.CANCELLED);
        assertThat(request.outcome().money().spentWei()).isZero();
    }
}
