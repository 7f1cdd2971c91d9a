// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import io.crynux.client.task.TaskKind;
import org.junit.jupiter.api.Test;

/** The rules of sampling: one request in a hundred needs two more tasks. */
class SamplingRulesTest {
    private static final Action SECOND = new Action.Create(1);
    private static final Action THIRD = new Action.Create(2);
    private static final Refusal NO_MONEY = new Refusal.Stranger(Subject.BALANCE, "Insufficient relay account balance");

    private static RuleCase selected(TaskKind kind) {
        return new RuleCase(kind).created(0).decided(0, true);
    }

    @Test
    void theDecisionIsMadeAtOnce() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST).seen(0, TaskStatus.QUEUED);

        assertThat(request.plan()).containsExactly(new Action.Decide(0));
    }

    @Test
    void anImageTaskGetsItsSiblingsAtOnce() {
        assertThat(selected(TaskKind.SD).plan()).containsExactly(SECOND, THIRD);
        assertThat(selected(TaskKind.SD_FT_LORA).plan()).containsExactly(SECOND, THIRD);
    }

    @Test
    void aTextTaskGetsThemOnTheGpuOfTheFirstOnceThatHasStarted() {
        RuleCase request = selected(TaskKind.GPT);
        assertThat(request.plan()).isEmpty();

        request.seen(0, TaskStatus.STARTED);
        assertThat(request.plan()).containsExactly(new Action.ReadNode("0xnode"));

        request.nodeRead("");
        assertThat(request.plan()).isEmpty();
        assertThat(request.next()).as("asked for again, not in a circle").isEqualTo(5);
        request.at(5).nodeRead("RTX+Linux");
        assertThat(request.life.gpu()).isEqualTo(new Gpu("RTX+Linux", 24));
        assertThat(request.plan()).containsExactly(SECOND, THIRD);
        assertThat(request.crashed().plan()).contains(SECOND, THIRD);
    }

    @Test
    void whatIsNotSelectedGetsNone() {
        assertThat(new RuleCase().created(0).plan()).isEmpty();
    }

    @Test
    void nothingIsCancelledToEscapeSampling() {
        assertThat(selected(TaskKind.SD).plan()).noneMatch(action -> action instanceof Action.Cancel);
        assertThat(selected(TaskKind.GPT).plan()).noneMatch(action -> action instanceof Action.Cancel);
    }

    @Test
    void theRelayIsBelievedThatATaskIsSelected() {
        RuleCase request = new RuleCase().created(0).seen(0, TaskStatus.SCORE_READY);
        request.sent(RuleCase.alone(0))
                .validateAnswered(RuleCase.alone(0), new Refusal.Sampled(true, "task is selected for validation"));

        assertThat(request.life.samplingDisputed()).isTrue();
        assertThat(request.plan()).containsExactly(SECOND, THIRD);
        assertThat(request.crashed().life.sampled()).isEqualTo(Choice.YES);
    }

    @Test
    void theRelayIsBelievedThatATaskIsNotSelected() {
        RuleCase request = new RuleCase().sampled();
        for (int index = 0; index < 3; index++) {
            request.seen(index, TaskStatus.SCORE_READY);
        }
        request.sent(RuleCase.GROUP)
                .validateAnswered(RuleCase.GROUP, new Refusal.Sampled(false, "task is not selected for validation"));

        assertThat(request.life.samplingDisputed()).isTrue();
        assertThat(request.plan()).contains(RuleCase.alone(0), RuleCase.alone(1), RuleCase.alone(2));
    }

    @Test
    void aSiblingRefusedForMoneyCancelsTheFirstWhileItIsQueued() {
        RuleCase request = selected(TaskKind.SD).sent(SECOND).createAnswered(1, NO_MONEY);
        assertThat(request.plan()).contains(new Action.Cancel(0)).doesNotContain(SECOND, THIRD);

        request.sent(new Action.Cancel(0)).cancelAnswered(0, null);
        assertThat(request.plan()).isEmpty();
        assertThat(request.outcome().ending()).isEqualTo(Ending.ABORTED);
        assertThat(request.outcome().money().spentWei()).isZero();
    }

    @Test
    void elseItIsTriedAgainUntilAMinuteBeforeTheEnd() {
        RuleCase request = selected(TaskKind.SD).seen(0, TaskStatus.STARTED);
        request.sent(SECOND).createAnswered(1, NO_MONEY);
        assertThat(request.plan()).contains(THIRD).doesNotContain(new Action.Cancel(0));
        assertThat(request.at(1).plan()).contains(SECOND);

        request.at(100).seen(0, TaskStatus.SCORE_READY);
        request.at(600).sent(SECOND).createAnswered(1, NO_MONEY);
        assertThat(request.at(630).plan()).contains(SECOND);
        assertThat(request.at(640).plan()).as("the window ends at 700").doesNotContain(SECOND, THIRD);

        request.at(701).ended(0, AbortReason.CREATOR_VALIDATION_TIMEOUT);
        assertThat(request.outcome().ending()).isEqualTo(Ending.VALIDATION_MISSED);
        assertThat(request.outcome().money().spentWei()).isEqualTo(SimulatedRelay.FEE);
    }

    @Test
    void theOtherSiblingIsThenSavedAlone() {
        RuleCase request = selected(TaskKind.SD).created(1).seen(0, TaskStatus.STARTED);
        request.sent(THIRD).createAnswered(2, NO_MONEY).at(100);
        request.seen(0, TaskStatus.SCORE_READY).seen(1, TaskStatus.SCORE_READY);
        assertThat(request.plan()).doesNotContain(RuleCase.alone(1));

        assertThat(request.at(640).plan()).contains(RuleCase.alone(1));
    }

    @Test
    void aSiblingRefusedForGoodEndsTheGroup() {
        RuleCase request = selected(TaskKind.SD).sent(SECOND);
        request.createAnswered(1, new Refusal.Permanent(Subject.PARAMETERS, "?"));

        assertThat(request.plan()).contains(new Action.Cancel(0)).doesNotContain(SECOND, THIRD);
    }

    @Test
    void aSiblingWithoutAnswerIsReadAndRepeated() {
        RuleCase request = selected(TaskKind.SD).sent(SECOND).createAnswered(1, new Refusal.NoAnswer("lost"));
        assertThat(request.plan()).contains(new Action.Look(1)).doesNotContain(SECOND);

        request.lookAnswered(1, new Refusal.NotFound("Task not found"));
        assertThat(request.at(1).plan()).contains(SECOND);
    }

    @Test
    void siblingsAreNoNewPaymentSoAGivenUpRequestGetsThem() {
        RuleCase request = selected(TaskKind.SD);
        request.life = Changes.givenUp(request.life);

        assertThat(request.plan()).containsExactly(SECOND, THIRD).noneMatch(Action::isFirstCharge);
    }

    @Test
    void subStatesCountTheCreatedTasks() {
        RuleCase request = selected(TaskKind.SD);
        assertThat(SubState.of(request.life)).isEqualTo(SubState.SAMPLED_1);
        assertThat(SubState.of(request.created(1).life)).isEqualTo(SubState.SAMPLED_2);
        assertThat(SubState.of(request.created(2).life)).isEqualTo(SubState.SAMPLED_3);
        assertThat(SubState.of(new RuleCase().life)).isEqualTo(SubState.PREPARED);
        assertThat(SubState.of(new RuleCase().sent(RuleCase.FIRST).life)).isEqualTo(SubState.POSTED);
        assertThat(SubState.of(new RuleCase().created(0).life)).isEqualTo(SubState.CREATED);
        RuleCase ready = new RuleCase().created(0).seen(0, TaskStatus.SCORE_READY);
        assertThat(SubState.of(ready.life)).isEqualTo(SubState.READY);
        assertThat(SubState.of(ready.sent(RuleCase.alone(0)).life)).isEqualTo(SubState.VALIDATION_SENT);
        assertThat(SubState.of(ready.seen(0, TaskStatus.VALIDATED).life)).isEqualTo(SubState.VALIDATED);
        assertThat(SubState.of(ready.seen(0, TaskStatus.END_SUCCESS).life)).isEqualTo(SubState.ENDED);
        assertThat(SubState.of(Changes.downloaded(ready.life, 0))).isEqualTo(SubState.DOWNLOADED);
    }
}
