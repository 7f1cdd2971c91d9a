// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.RelayException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.error.TransactionRevertedException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.protocol.chain.ChainTransitions.Transition;
import io.crynux.client.internal.protocol.chain.ScriptedChain.Sending;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Visits every row of {@link ChainTransitions}; one that no test visits fails the class. */
class ChainTransitionsTest extends ScriptedChainTestSupport {
    private static final Set<Transition> VISITED = new LinkedHashSet<>();

    @AfterEach
    void collect() {
        VISITED.addAll(moves);
    }

    @AfterAll
    static void everyRowWasVisited() {
        assertThat(VISITED).containsExactlyInAnyOrderElementsOf(ChainTransitions.transitions());
    }

    private void assertMoved(ChainStage from, ChainStep step, ChainStage to) {
        assertThat(moves).contains(new Transition(from, step, to));
    }

    private void assertLast(ChainStage from, ChainStep step, ChainStage to) {
        assertThat(moves.get(moves.size() - 1)).isEqualTo(new Transition(from, step, to));
    }

    /** The last task is settled, and nothing of it is left. */
    private void assertOver(TaskState state) {
        assertThat(journal.unsettled()).isEmpty();
        assertThat(record().state()).isEqualTo(state);
        assertThat(engine.load().inFlight()).isZero();
        stop();
        assertThat(time.timers()).isZero();
    }

    /** A task of the prompt "a" is at that stage, and somebody waits for it. */
    private CompletableFuture<TaskResult> bring(ChainStage stage) {
        chain.sending(
                switch (stage) {
                    case UNPAID -> Sending.UNANSWERED;
                    case REFUSED -> Sending.REFUSED;
                    default -> Sending.TAKEN;
                });
        chain.uploading(stage != ChainStage.CREATED && stage != ChainStage.STUCK);
        start();
        CompletableFuture<TaskResult> result = submit("a");
        if (stage.compareTo(ChainStage.CREATED) >= 0) {
            create();
        }
        switch (stage) {
            case STUCK -> refuseUpload();
            case SUCCEEDED -> succeed();
            case ENDING -> abort();
            case SETTLING -> {
                chain.findsCosts(false);
                abort();
                mine(FINAL);
            }
            default -> assertThat(stage).isNotEqualTo(ChainStage.OVER);
        }
        return result;
    }

    @Test
    void aTaskGoesToItsResult() {
        start();
        CompletableFuture<TaskResult> result = submit("a");
        create();
        chain.mine(ScriptedChain.start(task()));
        succeed();
        assertThat(result).isNotDone();
        deliver();
        assertThat(result).isCompleted();
        mine(FINAL);

        assertThat(moves)
                .containsExactly(
                        new Transition(ChainStage.UNPAID, ChainStep.SEND, ChainStage.SENT),
                        new Transition(ChainStage.SENT, ChainStep.CREATE, ChainStage.CREATED),
                        new Transition(ChainStage.CREATED, ChainStep.UPLOAD, ChainStage.UPLOADED),
                        new Transition(ChainStage.UPLOADED, ChainStep.SUCCEED, ChainStage.SUCCEEDED),
                        new Transition(ChainStage.SUCCEEDED, ChainStep.FINALISE, ChainStage.SETTLING),
                        new Transition(ChainStage.SETTLING, ChainStep.SETTLE, ChainStage.OVER));
        assertOver(TaskState.DONE);
    }

    @Test
    void aResultThatNoEventReportsIsDownloadedAfterAWhile() {
        CompletableFuture<TaskResult> result = bring(ChainStage.SUCCEEDED);
        time.advance(Duration.ofSeconds(20).minusMillis(1));
        assertThat(result).isNotDone();
        time.advance(Duration.ofMillis(1));
        assertThat(result).isCompleted();
    }

    @Test
    void aBlockMayBeReadBeforeTheNodesAnswer() {
        CompletableFuture<TaskResult> result = bring(ChainStage.UNPAID);
        create();
        assertMoved(ChainStage.UNPAID, ChainStep.CREATE, ChainStage.CREATED);
        chain.answer(ScriptedChain.refusal());
        time.settle();
        succeed();
        deliver();

        assertThat(result).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "STUCK"})
    void nodesMayAgreeWhateverTheRelayHasAnswered(ChainStage stage) {
        CompletableFuture<TaskResult> result = bring(stage);
        succeed();
        assertLast(stage, ChainStep.SUCCEED, ChainStage.SUCCEEDED);
        deliver();
        assertThat(chain.openUploads()).isZero();
        if (stage == ChainStage.STUCK) {
            assertThat(failure(result)).isInstanceOf(RelayException.class);
        } else {
            assertThat(result).isCompleted();
        }
    }

    @Test
    void parametersThatTheRelayRefusesAreUploadedAgainWhenSomebodyWaitsAgain() {
        CompletableFuture<TaskResult> result = bring(ChainStage.STUCK);
        assertThat(failure(result))
                .isInstanceOf(RelayException.class)
                .hasMessageContaining("could not be uploaded: The Relay refused. The fee of 1 CNX was paid");

        CompletableFuture<TaskResult> again = attend(task());
        assertMoved(ChainStage.STUCK, ChainStep.RETRY, ChainStage.CREATED);
        chain.endUploads(null);
        time.settle();
        succeed();
        deliver();

        assertThat(again).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
    }

    @Test
    void parametersThatTheRelayHasAreNotUploadedAgainWhenSomebodyWaitsAgain() {
        CompletableFuture<TaskResult> result = bring(ChainStage.UPLOADED);
        time.advance(HOUR);
        assertThat(failure(result)).isInstanceOf(TaskTimeoutException.class);
        chain.uploading(false);

        CompletableFuture<TaskResult> again = attend(task());

        assertThat(record().state()).isEqualTo(TaskState.UPLOADED);
        assertThat(chain.openUploads()).isZero();
        succeed();
        deliver();
        assertThat(again).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "STUCK", "SUCCEEDED"})
    void aRevertedPaymentBlockHasThePaymentSentAgain(ChainStage stage) {
        CompletableFuture<TaskResult> result = bring(stage);
        int before = chain.resent();
        reorganise(stage == ChainStage.SUCCEEDED ? 2 : 1);
        assertLast(stage, ChainStep.REVERT, ChainStage.SENT);
        assertThat(chain.resent()).isEqualTo(before + 1);
        assertThat(record().state()).isEqualTo(TaskState.SENT);

        chain.uploading(true);
        create();
        succeed();
        deliver();
        assertThat(task()).isEqualTo(BigInteger.TWO);
        assertThat(chain.nonces()).hasSize(1);
        if (stage != ChainStage.STUCK) {
            assertThat(result.join().taskId()).isEqualTo("2");
        }
    }

    @Test
    void anotherTaskOfThePaymentIsTakenForAReorganisation() {
        CompletableFuture<TaskResult> result = bring(ChainStage.UPLOADED);
        create();
        assertMoved(ChainStage.UPLOADED, ChainStep.REVERT, ChainStage.SENT);
        succeed();
        deliver();
        assertThat(result.join().taskId()).isEqualTo("2");
    }

    @Test
    void aRevertedSuccessIsWaitedForAgain() {
        CompletableFuture<TaskResult> result = bring(ChainStage.SUCCEEDED);
        reorganise(1);
        assertLast(ChainStage.SUCCEEDED, ChainStep.REVERT, ChainStage.UPLOADED);
        time.advance(HOUR.dividedBy(2));
        assertThat(result).isNotDone();
        succeed();
        deliver();
        assertThat(result).isCompleted();
    }

    @Test
    void aSuccessThatIsRevertedAfterItsDeliveryCostsNothingMore() {
        CompletableFuture<TaskResult> result = bring(ChainStage.SUCCEEDED);
        deliver();
        assertThat(result).isCompleted();
        reorganise(1);
        mine(FINAL);
        assertMoved(ChainStage.UPLOADED, ChainStep.FINALISE, ChainStage.SETTLING);
        assertOver(TaskState.DONE);
    }

    @Test
    void aTaskThatIsRevertedAfterItsDeliveryIsFollowedUnderItsNewId() {
        bring(ChainStage.SUCCEEDED);
        deliver();
        reorganise(2);
        assertThat(journal.unsettled()).hasSize(1);
        create();
        mine(FINAL);
        assertMoved(ChainStage.CREATED, ChainStep.FINALISE, ChainStage.SETTLING);
        assertOver(TaskState.DONE);
    }

    @Test
    void aRefusedPaymentThatIsMinedAllTheSameIsJoined() {
        CompletableFuture<TaskResult> result = bring(ChainStage.REFUSED);
        assertLast(ChainStage.UNPAID, ChainStep.REFUSE, ChainStage.REFUSED);
        assertThat(failure(result)).hasMessageContaining("Nothing was spent");
        create();
        assertMoved(ChainStage.REFUSED, ChainStep.CREATE, ChainStage.CREATED);

        CompletableFuture<TaskResult> again = submit("a");
        succeed();
        deliver();
        assertThat(again).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @Test
    void aRefusedPaymentIsWatchedByTheAttemptThatSignsItAgain() {
        bring(ChainStage.REFUSED);
        chain.sending(Sending.TAKEN);
        CompletableFuture<TaskResult> again = submit("a");
        assertMoved(ChainStage.REFUSED, ChainStep.SETTLE, ChainStage.OVER);
        create();
        succeed();
        deliver();
        assertThat(again).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @Test
    void theSameAfterARestartThatFindsBoth() {
        bring(ChainStage.REFUSED);
        TaskRecord first = record();
        chain.sending(Sending.UNANSWERED);
        submit("a");
        TaskRecord second = (TaskRecord) journal.unsettled().get(0);
        stop();
        // The process ended before it was written that the first one has nothing to wait for.
        journal = new KeptJournal();
        journal.put(first);
        journal.put(second);
        start();

        assertMoved(ChainStage.RECOVERED, ChainStep.SETTLE, ChainStage.OVER);
        create();
        succeed();
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @Test
    void aRefusedPaymentMayBeSignedAgainJustWhenItIsReverted() {
        bring(ChainStage.REFUSED);
        chain.mine(ScriptedChain.revert(payment()));
        time.settle();
        assertLast(ChainStage.REFUSED, ChainStep.FAIL, ChainStage.ENDING);
        chain.sending(Sending.TAKEN);
        chain.laneIsBehind(true);
        submit("a");
        assertMoved(ChainStage.ENDING, ChainStep.SETTLE, ChainStage.OVER);
    }

    @Test
    void whatCannotBeSignedCostsNothing() {
        chain.sending(Sending.FAILING);
        start();
        assertThat(failure(submit("a"))).hasMessageContaining("Nothing was spent");
        assertLast(ChainStage.UNPAID, ChainStep.SETTLE, ChainStage.OVER);
        assertOver(TaskState.REJECTED);
    }

    @Test
    void whatCannotBePaidInTimeIsNotPaidLater() {
        chain.sending(Sending.UNREACHABLE);
        start();
        CompletableFuture<TaskResult> result = submit("a");
        time.advance(HOUR);
        assertThat(failure(result))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("Nothing was spent. The last try: The node does not answer");
        chain.sending(Sending.TAKEN);
        time.advance(HOUR);
        assertThat(chain.sent()).isEmpty();
        assertOver(TaskState.REJECTED);
    }

    @Test
    void whatIsUnreachableForAWhileIsPaidThen() {
        chain.sending(Sending.UNREACHABLE);
        start();
        submit("a");
        time.advance(HOUR.dividedBy(2));
        chain.sending(Sending.TAKEN);
        time.advance(Duration.ofMinutes(1));
        assertThat(chain.nonces()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNPAID", "SENT"})
    void aPaymentThatTheContractRevertsIsReportedOnceThatIsFinal(ChainStage stage) {
        CompletableFuture<TaskResult> result = bring(stage);
        chain.mine(ScriptedChain.revert(payment()));
        mine(FINAL - 1);
        assertLast(stage, ChainStep.FAIL, ChainStage.ENDING);
        assertThat(result).isNotDone();
        mine(1);
        assertThat(failure(result))
                .isInstanceOf(TransactionRevertedException.class)
                .hasMessageContaining("Not enough. The fee of 1 CNX was not spent; the gas was");
        chain.answer(new SendOutcome(false, null));
        time.settle();
        assertOver(TaskState.REVERTED);
    }

    @Test
    void aPaymentWhoseNonceIsUsedElsewhereIsReportedOnceThatIsFinal() {
        CompletableFuture<TaskResult> result = bring(ChainStage.SENT);
        chain.mine(ScriptedChain.foreign(payment().nonce()));
        mine(FINAL);
        assertThat(failure(result))
                .isInstanceOf(TransactionRevertedException.class)
                .hasMessageContaining("can no longer be mined, because another transaction of the wallet");
        assertOver(TaskState.REJECTED);
    }

    @Test
    void aNonceThatAnEarlierPaymentOfTheClientTakesIsNoReasonToFail() {
        bring(ChainStage.REFUSED);
        Payment refused = payment();
        chain.sending(Sending.TAKEN);
        CompletableFuture<TaskResult> other = submit("b");
        assertThat(payment().nonce()).isEqualTo(refused.nonce());
        chain.mine(chain.create(refused));
        mine(FINAL);

        assertThat(chain.sent()).as("it is paid again").hasSize(3);
        create();
        succeed();
        deliver();
        assertThat(other).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "STUCK", "SUCCEEDED"})
    void anAbortIsReportedOnceItIsFinal(ChainStage stage) {
        chain.refunding(FEE);
        CompletableFuture<TaskResult> result = bring(stage);
        abort();
        assertLast(stage, ChainStep.FAIL, ChainStage.ENDING);
        assertThat(result.isDone()).isEqualTo(stage == ChainStage.STUCK);
        mine(FINAL);
        if (stage != ChainStage.STUCK) {
            assertThat(failure(result))
                    .isInstanceOf(TaskAbortedException.class)
                    .hasMessageContaining("The fee of 1 CNX was paid; 1 CNX of it was refunded");
        }
        assertMoved(ChainStage.ENDING, ChainStep.FINALISE, ChainStage.SETTLING);
        assertOver(TaskState.ABORTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "STUCK", "SUCCEEDED"})
    void anAbortThatIsRevertedIsForgotten(ChainStage stage) {
        CompletableFuture<TaskResult> result = bring(stage);
        abort();
        reorganise(1);
        assertLast(ChainStage.ENDING, ChainStep.REVERT, stage);
        mine(FINAL);
        chain.endUploads(null);
        time.settle();
        if (stage != ChainStage.SUCCEEDED) {
            succeed();
        }
        deliver();
        assertThat(result).isDone();
        assertThat(result.isCompletedExceptionally()).isEqualTo(stage == ChainStage.STUCK);
    }

    @Test
    void anAbortThatIsRevertedWithItsTaskIsForgotten() {
        CompletableFuture<TaskResult> result = bring(ChainStage.ENDING);
        reorganise(2);
        assertMoved(ChainStage.ENDING, ChainStep.REVERT, ChainStage.UPLOADED);
        assertLast(ChainStage.UPLOADED, ChainStep.REVERT, ChainStage.SENT);
        create();
        succeed();
        deliver();
        assertThat(result).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "REFUSED", "UNPAID"})
    void aFailedPaymentWhoseBlockIsRevertedIsOnItsWayAgain(ChainStage stage) {
        bring(stage);
        chain.mine(ScriptedChain.revert(payment()));
        time.settle();
        reorganise(1);
        assertLast(ChainStage.ENDING, ChainStep.REVERT, stage == ChainStage.REFUSED ? stage : ChainStage.SENT);
        create();
        succeed();
        CompletableFuture<TaskResult> again = attend(task());
        deliver();
        assertThat(again).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
    }

    @Test
    void aPaymentThatANodeDidNotFindMayBeInABlockAllTheSame() {
        CompletableFuture<TaskResult> result = bring(ChainStage.SENT);
        chain.mine(ScriptedChain.foreign(payment().nonce()));
        create();
        assertMoved(ChainStage.ENDING, ChainStep.CREATE, ChainStage.CREATED);
        succeed();
        deliver();
        assertThat(result).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "REFUSED", "CREATED", "UPLOADED", "SUCCEEDED", "ENDING"})
    void theNextProcessFindsWhatHasHappened(ChainStage reached) {
        bring(reached == ChainStage.REFUSED ? reached : ChainStage.SENT);
        stop();
        chain.uploading(reached != ChainStage.CREATED);
        if (reached == ChainStage.ENDING) {
            chain.mine(ScriptedChain.revert(payment()));
        } else if (reached != ChainStage.SENT && reached != ChainStage.REFUSED) {
            chain.mine(chain.create(payment()));
        }
        if (reached == ChainStage.SUCCEEDED) {
            chain.mine(ScriptedChain.succeed(task()));
        }
        moves.clear();
        start();

        assertThat(moves.get(0).from()).isEqualTo(ChainStage.RECOVERED);
        assertThat(moves.get(0).to()).isEqualTo(reached == ChainStage.UPLOADED ? ChainStage.CREATED : reached);
        if (reached == ChainStage.SENT || reached == ChainStage.REFUSED) {
            create();
        }
        if (reached != ChainStage.SUCCEEDED && reached != ChainStage.ENDING) {
            succeed();
        }
        mine(FINAL);
        assertOver(reached == ChainStage.ENDING ? TaskState.REVERTED : TaskState.DONE);
        assertThat(chain.nonces()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "SUCCEEDED"})
    void theNextProcessUploadsOnlyWhatWasNotUploaded(ChainStage stage) {
        bring(stage);
        stop();
        if (stage == ChainStage.SUCCEEDED) {
            chain.reorganise(1);
        }
        chain.uploading(false);
        start();
        assertLast(
                ChainStage.RECOVERED,
                ChainStep.CATCH_UP,
                stage == ChainStage.CREATED ? ChainStage.CREATED : ChainStage.UPLOADED);
        assertThat(chain.openUploads()).isEqualTo(stage == ChainStage.CREATED ? 1 : 0);
        assertThat(record().state()).isEqualTo(stage == ChainStage.CREATED ? TaskState.CREATED : TaskState.UPLOADED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED", "SUCCEEDED"})
    void theNextProcessSendsAgainWhatAReorganisationHasReverted(ChainStage stage) {
        bring(stage);
        stop();
        chain.reorganise(stage == ChainStage.SUCCEEDED ? 2 : 1);
        int before = chain.resent();
        start();
        assertLast(ChainStage.RECOVERED, ChainStep.CATCH_UP, ChainStage.SENT);
        assertThat(chain.resent()).isEqualTo(before + 1);
        assertThat(record().state()).isEqualTo(TaskState.SENT);
    }

    @Test
    void whatReorganisationsRevertWhileItCatchesUpDoesNotCount() {
        bring(ChainStage.UPLOADED);
        stop();
        chain.readable(false);
        chain.uploading(false);
        start();
        chain.reorganise(1);
        chain.mine(chain.create(payment()));
        chain.mine(ScriptedChain.succeed(task()));
        chain.reorganise(1);
        chain.mine(ScriptedChain.abort(task()));
        chain.reorganise(1);
        time.settle();
        assertThat(chain.openUploads())
                .as("nothing is sent before it has read all")
                .isZero();
        chain.readable(true);
        time.settle();
        assertLast(ChainStage.RECOVERED, ChainStep.CATCH_UP, ChainStage.CREATED);
        assertThat(chain.openUploads()).isOne();
        chain.endUploads(null);
        time.settle();
        succeed();
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RECOVERED", "OVER"})
    void aClosedClientDoesNothingMore(ChainStage stage) {
        bring(stage);
        stop();
        assertLast(stage, ChainStep.CLOSE, ChainStage.OVER);
        int resent = chain.resent();
        assertThat(time.timers()).isZero();

        chain.answer(new SendOutcome(true, null));
        chain.endUploads(null);
        chain.findsCosts(true);
        time.settle();
        time.advance(HOUR);

        assertThat(chain.resent()).isEqualTo(resent);
        assertThat(time.timers()).isZero();
        assertLast(stage, ChainStep.CLOSE, ChainStage.OVER);
    }

    @Test
    void aClientMayBeClosedBeforeItHasCaughtUp() {
        bring(ChainStage.UPLOADED);
        stop();
        chain.readable(false);
        start();
        stop();
        assertLast(ChainStage.RECOVERED, ChainStep.CLOSE, ChainStage.OVER);
        chain.readable(true);
        time.settle();
        assertThat(time.timers()).isZero();
        start();
        succeed();
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "UPLOADED", "SUCCEEDED"})
    void whoeverWaitsAgainGetsTheResult(ChainStage stage) {
        CompletableFuture<TaskResult> result =
                stage == ChainStage.SUCCEEDED ? bring(ChainStage.UPLOADED) : bring(stage);
        time.advance(HOUR);
        assertThat(failure(result)).isInstanceOf(CrynuxException.class);
        if (stage == ChainStage.SENT) {
            create();
        }
        if (stage == ChainStage.SUCCEEDED) {
            succeed();
            assertThat(engine.load().inFlight())
                    .as("the network has done its work")
                    .isZero();
        }
        CompletableFuture<TaskResult> again = attend(task());
        if (stage != ChainStage.SUCCEEDED) {
            succeed();
        }
        deliver();
        assertThat(again).isCompleted();
        assertThat(chain.nonces()).hasSize(1);
    }

    @Test
    void aTaskThatHasTimedOutIsSettledWhenItsSuccessIsFinal() {
        bring(ChainStage.UPLOADED);
        time.advance(HOUR);
        succeed();
        mine(FINAL);
        assertOver(TaskState.TIMED_OUT);
    }

    @Test
    void aResultIsPaidForWhateverComesAfterItsDelivery() {
        bring(ChainStage.SUCCEEDED);
        deliver();
        abort();
        mine(FINAL);
        assertOver(TaskState.DONE);
    }

    @Test
    void aPaymentThatIsRevertedAfterTheDeliveryCostsItsGas() {
        chain.sending(Sending.TAKEN);
        start(withBudget(FEE));
        submit("a");
        create();
        succeed();
        deliver();
        reorganise(2);
        chain.mine(ScriptedChain.revert(payment()));
        mine(FINAL);
        assertThat(record().settlement().spentWei()).isEqualTo(BigInteger.ONE);
        assertOver(TaskState.DONE);
    }

    @Test
    void theBudgetCountsGasAloneOfWhatWasRefunded() {
        chain.refunding(FEE);
        start(withBudget(FEE.multiply(BigInteger.TWO)));
        for (String prompt : new String[] {"a", "b", "c"}) {
            CompletableFuture<TaskResult> result = submit(prompt);
            create();
            abort();
            mine(FINAL);
            assertThat(failure(result)).isInstanceOf(TaskAbortedException.class);
            assertThat(record().settlement().spentWei()).isEqualTo(BigInteger.ONE);
        }
    }

    @Test
    void aCostThatCannotBeReadCountsAsItsMaximum() {
        chain.countsGas(false);
        start(withBudget(FEE));
        submit(message("a", WaitFor.SUCCESS, false, 1));
        create();
        succeed();
        mine(FINAL);
        assertThat(record().settlement().spentWei()).isNull();
        assertThat(failure(submit("b"))).hasMessageContaining("The budget of 1 CNX");
    }

    @Test
    void aTimeOutOfThePaymentSaysThatItMayBeMined() {
        chain.sending(Sending.TAKEN);
        start();
        CompletableFuture<TaskResult> result = submit("a");
        time.advance(Duration.ofMinutes(10));
        assertThat(failure(result)).hasMessageContaining("may still be mined, and then costs 1 CNX");
    }
}
