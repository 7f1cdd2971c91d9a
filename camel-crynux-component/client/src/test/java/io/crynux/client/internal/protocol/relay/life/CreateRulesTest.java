// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.relay.api.Refusal;
import io.crynux.client.internal.protocol.relay.api.Subject;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import io.crynux.client.internal.protocol.relay.task.TaskStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of creating: one charge, whatever answers are lost. */
class CreateRulesTest {
    private static final Action LOOK = new Action.Look(0);
    private static final Refusal NO_ANSWER = new Refusal.NoAnswer("lost");
    private static final Refusal NOT_FOUND = new Refusal.NotFound("Task not found");
    private static final Refusal SCHEMA = new Refusal.Permanent(Subject.PARAMETERS, "jsonschema: ''");
    private static final Refusal NO_MONEY = new Refusal.Stranger(Subject.BALANCE, "Insufficient relay account balance");

    private static RuleCase lost() {
        return new RuleCase().sent(RuleCase.FIRST).createAnswered(0, NO_ANSWER);
    }

    @Test
    void aNewRequestIsCreated() {
        assertThat(new RuleCase().plan()).containsExactly(RuleCase.FIRST);
        assertThat(RuleCase.FIRST.isFirstCharge()).isTrue();
        assertThat(new Action.Create(1).isFirstCharge()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no answer", "already uploaded", "duplicated key", "unknown 500", "database away", "other server"
            })
    void afterADoubtfulAnswerTheTaskIsRead(String answer) {
        Refusal refusal =
                switch (answer) {
                    case "no answer" -> NO_ANSWER;
                    case "already uploaded" -> new Refusal.AlreadyThere(false, "");
                    case "duplicated key" -> new Refusal.AlreadyThere(true, "");
                    case "unknown 500" -> new Refusal.Unknown(500, "");
                    case "database away" -> new Refusal.Unavailable(Duration.ZERO, "");
                    default -> new Refusal.NotTheApi("");
                };

        RuleCase request = new RuleCase().sent(RuleCase.FIRST).createAnswered(0, refusal);

        assertThat(request.plan()).containsExactly(LOOK);
        assertThat(request.outcome().ending()).isEqualTo(Ending.OPEN);
    }

    @Test
    void aCreationUnderWayWhenTheProcessStoppedIsRead() {
        assertThat(new RuleCase().sent(RuleCase.FIRST).plan()).isEmpty();
        assertThat(new RuleCase().sent(RuleCase.FIRST).crashed().plan()).containsExactly(LOOK);
    }

    @Test
    void whatIsNotFoundIsCreatedAgainWithinTenMinutes() {
        RuleCase request = lost().lookAnswered(0, NOT_FOUND);
        assertThat(request.at(1).plan()).containsExactly(RuleCase.FIRST);
        request.at(599).sent(RuleCase.FIRST).createAnswered(0, NO_ANSWER).lookAnswered(0, NOT_FOUND);

        assertThat(request.at(601).plan()).as("after ten minutes").isEmpty();
        assertThat(request.next()).as("until the last signature has expired").isEqualTo(659);
    }

    @Test
    void aProcessThatWasStoppedForElevenMinutesCreatesNothingAgain() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST).crashed().at(660).lookAnswered(0, NOT_FOUND);

        assertThat(request.plan()).containsExactly(new Action.AskLedger(0));
    }

    @Test
    void laterItIsNotChargedIfTheLedgerAgrees() {
        RuleCase request = lost().at(700).lookAnswered(0, NOT_FOUND);
        assertThat(request.plan()).containsExactly(new Action.AskLedger(0));

        request.ledger(0, LedgerAnswer.NOT_YET);
        assertThat(request.plan()).isEmpty();
        assertThat(request.next()).isEqualTo(710);

        request.ledger(0, LedgerAnswer.NOTHING);
        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_CHARGED);
        assertThat(request.outcome().money().chargedWei()).isZero();
        assertThat(request.outcome().mayTryAgain()).isTrue();
        assertThat(request.plan()).isEmpty();
    }

    @Test
    void withoutALedgerItIsNotDeterminable() {
        RuleCase request = lost().at(700).lookAnswered(0, NOT_FOUND).ledger(0, LedgerAnswer.UNREADABLE);

        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_DETERMINABLE);
        assertThat(request.outcome().money().unknown()).isTrue();
        assertThat(request.outcome().mayTryAgain()).isFalse();
    }

    @Test
    void aRefusalOfTheFirstSendingIsFinalAndNotCharged() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST).createAnswered(0, SCHEMA);

        assertThat(request.plan()).isEmpty();
        assertThat(request.outcome().ending()).isEqualTo(Ending.REFUSED);
        assertThat(request.outcome().money().chargedWei()).isZero();
        assertThat(request.outcome().mayTryAgain()).isFalse();
        assertThat(request.life.first().text()).contains("jsonschema");
    }

    @Test
    void aRefusalOfARepeatProvesNothingAboutTheFirst() {
        for (Refusal refusal : new Refusal[] {SCHEMA, NO_MONEY}) {
            RuleCase request =
                    lost().lookAnswered(0, NOT_FOUND).at(2).sent(RuleCase.FIRST).createAnswered(0, refusal);

            assertThat(request.plan()).containsExactly(LOOK);
            request.lookAnswered(0, NOT_FOUND);
            assertThat(request.at(30).plan()).as("not repeated either").isEmpty();
            assertThat(request.at(62).plan()).containsExactly(LOOK);
            request.seen(0, TaskStatus.QUEUED);
            assertThat(request.outcome().ending()).isEqualTo(Ending.OPEN);
            assertThat(request.life.first().isCreated()).isTrue();
        }
    }

    @Test
    void aDuplicatedKeyThatIsNotFoundIsAPurgedTask() {
        RuleCase request = new RuleCase()
                .sent(RuleCase.FIRST)
                .createAnswered(0, new Refusal.AlreadyThere(true, "duplicated key not allowed"))
                .lookAnswered(0, NOT_FOUND);

        assertThat(request.plan()).as("never tried in a circle").isEmpty();
        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_DETERMINABLE);
    }

    @Test
    void anAcknowledgedTaskThatVanishesIsNeverCreatedAgain() {
        RuleCase request = new RuleCase().created(0).at(600).lookAnswered(0, NOT_FOUND);
        assertThat(request.plan()).doesNotContain(RuleCase.FIRST);
        assertThat(request.outcome().ending()).as("one answer proves nothing").isEqualTo(Ending.OPEN);

        request.at(660).lookAnswered(0, NOT_FOUND);

        assertThat(request.plan()).isEmpty();
        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_DETERMINABLE);
        assertThat(request.outcome().money().unknown()).isTrue();
    }

    @Test
    void anAcknowledgedTaskThatIsFoundAgainGoesOn() {
        RuleCase request = new RuleCase().created(0).at(600).lookAnswered(0, NOT_FOUND);
        request.at(630).seen(0, TaskStatus.SCORE_READY);

        assertThat(request.plan()).contains(RuleCase.alone(0));
    }

    @Test
    void theAnswerMustNameOurAddress() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST);
        request.seen(0, TaskStatus.QUEUED, AbortReason.NONE, "0x0000000000000000000000000000000000000001");

        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_OURS);
        assertThat(request.plan()).isEmpty();
    }

    @Test
    void aCommitmentOfSomebodyElseIsNotOurs() {
        RuleCase request = new RuleCase()
                .sent(RuleCase.FIRST)
                .createAnswered(0, new Refusal.AlreadyThere(false, ""))
                .lookAnswered(0, new Refusal.Stranger(Subject.KEY, "Signer not allowed"));

        assertThat(request.outcome().ending()).isEqualTo(Ending.NOT_OURS);
    }

    @Test
    void nobodyWaitsSoNothingIsCharged() {
        RuleCase prepared = new RuleCase();
        prepared.life = Changes.givenUp(prepared.life);
        assertThat(prepared.plan()).isEmpty();
        assertThat(prepared.outcome().ending()).isEqualTo(Ending.CANCELLED);

        RuleCase posted = lost().lookAnswered(0, NOT_FOUND).at(5);
        posted.life = Changes.givenUp(posted.life);
        assertThat(posted.plan())
                .as("what may be charged is settled, not charged")
                .isEmpty();
        assertThat(posted.next()).isEqualTo(60);
    }

    @Test
    void anUnavailableRelayIsAskedLater() {
        RuleCase request = lost().lookAnswered(0, new Refusal.Unavailable(Duration.ofSeconds(20), "503"));

        assertThat(request.plan()).isEmpty();
        assertThat(request.next()).isEqualTo(20);
    }

    @Test
    void whatCouldNotBeSignedWasNotSent() {
        RuleCase request = new RuleCase().sent(RuleCase.FIRST);
        request.life = Changes.notSent(request.life, RuleCase.FIRST);

        assertThat(request.plan()).containsExactly(RuleCase.FIRST);
        assertThat(SubState.of(request.life)).isEqualTo(SubState.PREPARED);
        request.sent(RuleCase.FIRST).createAnswered(0, SCHEMA);
        assertThat(request.outcome().ending()).as("the first sending").isEqualTo(Ending.REFUSED);
    }

    @Test
    void aRepeatThatCouldNotBeSignedLeavesTheFirstInDoubt() {
        RuleCase request = lost().lookAnswered(0, NOT_FOUND).at(2).sent(RuleCase.FIRST);
        request.life = Changes.notSent(request.life, RuleCase.FIRST);

        assertThat(request.plan()).containsExactly(LOOK);
    }
}
