// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.JournalException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.journal.Claim;
import io.crynux.client.journal.JournalOwner;
import io.crynux.client.journal.JournalScope;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.settings.EngineSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.Sabotage;
import io.crynux.testing.ScriptedNetwork.Plan;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A task begins only when the journal has its attempt, and has none that answers the request. */
class ClaimedRequestsTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);

    private final KeptJournal kept = new KeptJournal();
    /** Claims that the journal has not answered yet. */
    private final List<Held> held = new ArrayList<>();

    private boolean holding = true;

    /** A claim that waits for the test. */
    private record Held(Callable<Object> call, CompletableFuture<Claim> told) {
        /** The journal hears of it, and answers what it knows. */
        void answer() throws Exception {
            ((CompletionStage<?>) call.call()).whenComplete((claim, error) -> told.complete((Claim) claim));
        }
    }

    @BeforeEach
    void holdClaims() {
        journal = new TaskJournal() {
            @Override
            public CompletionStage<JournalSession> open(JournalScope scope, JournalOwner owner) {
                return kept.open(scope, owner)
                        .thenApply(session -> Sabotage.of(JournalSession.class, session, (method, arguments, call) -> {
                            if (!method.equals("claim") || !holding) {
                                return call.call();
                            }
                            Held claim = new Held(call, new CompletableFuture<>());
                            held.add(claim);
                            return claim.told();
                        }));
            }

            @Override
            public boolean isDurable() {
                return true;
            }
        };
    }

    private CompletableFuture<TaskResult> ask(String key, String prompt) {
        return submit(submission(order(key, prompt), WaitFor.RESULT, HOUR, 1));
    }

    private void answer() throws Exception {
        List<Held> all = List.copyOf(held);
        held.clear();
        for (Held claim : all) {
            claim.answer();
        }
        time.settle();
    }

    @Test
    void nothingLeavesBeforeTheJournalHasAnswered() throws Exception {
        start();
        CompletableFuture<TaskResult> result = ask("key", "a");
        assertThat(result).isNotDone();
        assertThat(network.tasks()).isEmpty();

        answer();

        assertThat(result).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void whoeverAsksMeanwhileJoins() throws Exception {
        start();
        CompletableFuture<TaskResult> first = ask("key", "a");
        CompletableFuture<TaskResult> second = ask("key", "a");
        CompletableFuture<TaskResult> other = ask("key", "b");
        assertThat(held).hasSize(1);

        answer();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(failure(other)).isInstanceOf(InvalidTaskException.class);
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void oneThatNobodyWaitsForWhenTheJournalAnswersDoesNotBegin() throws Exception {
        start();
        CompletableFuture<TaskResult> result = ask("key", "a");
        time.advance(HOUR);
        assertThat(failure(result))
                .isInstanceOf(TaskTimeoutException.class)
                .hasMessageContaining("The deadline passed");

        answer();

        assertThat(network.tasks()).isEmpty();
        assertThat(kept.unsettled()).isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
    }

    @Test
    void afterThatTheRequestMayBeMadeAgain() throws Exception {
        start();
        ask("key", "a");
        time.advance(HOUR);
        answer();

        CompletableFuture<TaskResult> again = ask("key", "a");
        answer();
        assertThat(held).as("the attempt after the one that ended").hasSize(1);
        answer();

        assertThat(again).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aRequestThatAnEarlierProcessHasPaidForIsNotPaidAgain() throws Exception {
        holding = false;
        start();
        assertThat(ask("key", "a")).isCompleted();
        stop();
        holding = true;
        start();
        CompletableFuture<TaskResult> again = ask("key", "a");
        CompletableFuture<TaskResult> second = ask("key", "a");

        answer();

        assertThat(again).isCompleted();
        assertThat(second).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() throws Exception {
        holding = false;
        start();
        assertThat(ask("key", "a")).isCompleted();
        stop();
        start();

        assertThat(failure(ask("key", "b")))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("was used for another request");
        assertThat(ask("key", "a")).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aJournalThatCannotAnswerLetsNothingLeave() throws Exception {
        holding = false;
        start();
        kept.losesClaims(true);

        assertThat(failure(ask("key", "a")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("The disk is full");
        assertThat(failure(ask(null, "b"))).isInstanceOf(JournalException.class);
        assertThat(network.tasks()).isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));

        kept.losesClaims(false);
        assertThat(ask("key", "a")).isCompleted();
    }

    @Test
    void whatAnotherOwnerHasUnderWayIsAwaited() throws Exception {
        start();
        TaskRecord theirs = TaskRecord.prepared(order("key", "a"))
                .committed(TaskState.SIGNED, null, new Spending(time.clock().instant(), FEE), ProtocolData.EMPTY)
                .created("1");
        CompletableFuture<TaskRecord> end = new CompletableFuture<>();
        CompletableFuture<TaskResult> result = ask("key", "a");
        held.get(0).told().complete(new Claim.Others(theirs, end));
        time.settle();
        assertThat(result).isNotDone();

        end.complete(theirs.in(TaskState.REVERTED)
                .settled(new Settlement(time.clock().instant(), BigInteger.ZERO, null)));
        time.settle();
        held.remove(0);
        answer();

        assertThat(result).as("it is tried again, since theirs was not charged").isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void claimsCountAsTasksThatWait() throws Exception {
        network.plan(Plan.HOLD);
        start(settings(new Limits(2, 2, 1), EngineSettings.DEFAULT.budget()));
        List<CompletableFuture<TaskResult>> begun = List.of(ask(null, "a"), ask(null, "b"), ask(null, "c"));

        CompletableFuture<TaskResult> tooMany = ask(null, "d");
        CompletableFuture<TaskResult> keyed = ask("key", "e");

        assertThat(failure(tooMany)).isInstanceOf(RejectedExecutionException.class);
        answer();
        assertThat(begun).noneMatch(CompletableFuture::isDone);
        assertThat(failure(keyed)).isInstanceOf(RejectedExecutionException.class);
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(2, 0, 1));
        assertThat(kept.unsettled()).hasSize(3);
    }

    @Test
    void aClientThatStopsEndsThem() throws Exception {
        start();
        CompletableFuture<TaskResult> result = ask("key", "a");

        stop();
        answer();

        assertThat(result).isCompletedExceptionally();
        assertThat(network.tasks()).isEmpty();
    }
}
