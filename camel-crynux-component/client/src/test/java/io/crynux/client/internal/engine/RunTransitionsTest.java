// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static io.crynux.client.internal.engine.RunStep.COMMIT;
import static io.crynux.client.internal.engine.RunStep.DOWNLOAD;
import static io.crynux.client.internal.engine.RunStep.END;
import static io.crynux.client.internal.engine.RunStep.FINISH;
import static io.crynux.client.internal.engine.RunStep.GIVE_UP;
import static io.crynux.client.internal.engine.RunStep.NOTE;
import static io.crynux.client.internal.engine.RunStep.PROGRESS;
import static io.crynux.client.internal.engine.RunStep.REFUSE;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.internal.engine.RunTransitions.Transition;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.journal.JournalRecord;
import io.crynux.client.journal.ProtocolData;
import io.crynux.client.journal.Settlement;
import io.crynux.client.journal.Spending;
import io.crynux.client.journal.TaskRecord;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedNetwork.Results;
import io.crynux.testing.ScriptedTask;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Visits every row of {@link RunTransitions}; one that no test visits fails the class. And what the table does not have is
 * refused, without harm to the engine or to what was paid.
 */
class RunTransitionsTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<Transition> VISITED = new LinkedHashSet<>();

    private final KeptJournal kept = new KeptJournal();

    @BeforeEach
    void keepTheJournal() {
        journal = kept;
    }

    @AfterEach
    void collect() {
        VISITED.addAll(transitions);
    }

    @AfterAll
    static void everyRowWasVisited() {
        assertThat(VISITED).containsExactlyInAnyOrderElementsOf(RunTransitions.transitions());
    }

    private ScriptedTask task() {
        return network.tasks().get(0);
    }

    private void assertMoved(TaskState from, RunStep step, TaskState to) {
        assertThat(transitions).contains(new Transition(from, step, to));
    }

    @Test
    void aTaskGoesToItsResult() {
        start();
        assertThat(submit()).isCompleted();
        assertThat(transitions)
                .containsExactly(
                        new Transition(TaskState.PREPARED, COMMIT, TaskState.SIGNED),
                        new Transition(TaskState.SIGNED, PROGRESS, TaskState.SENT),
                        new Transition(TaskState.SENT, PROGRESS, TaskState.CREATED),
                        new Transition(TaskState.CREATED, PROGRESS, TaskState.UPLOADED),
                        new Transition(TaskState.UPLOADED, PROGRESS, TaskState.SUCCEEDED),
                        new Transition(TaskState.SUCCEEDED, DOWNLOAD, TaskState.DOWNLOADED),
                        new Transition(TaskState.DOWNLOADED, FINISH, TaskState.DONE));
    }

    @Test
    void aResultThatNobodyWantsIsNotDownloaded() {
        start();
        assertThat(submit(submission(order(null), WaitFor.SUCCESS, HOUR, 1))).isCompleted();
        assertMoved(TaskState.SUCCEEDED, FINISH, TaskState.DONE);
    }

    @Test
    void aCreationThatIsRevertedIsMadeAgain() {
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submit();
        String before = task().id().toString();

        task().revertCreation();
        time.settle();
        assertMoved(TaskState.UPLOADED, PROGRESS, TaskState.SENT);
        task().complete();
        time.settle();

        assertThat(result.join().taskId()).isEqualTo(task().id().toString()).isNotEqualTo(before);
    }

    @Test
    void aSuccessThatIsRevertedEndsTheDownload() {
        network.results(Results.HOLD).finalAtOnce(false);
        start();
        CompletableFuture<TaskResult> result = submit();

        task().revertSuccess();
        network.results(Results.AT_ONCE);
        time.settle();
        assertThat(result).isNotDone();
        assertMoved(TaskState.SUCCEEDED, PROGRESS, TaskState.UPLOADED);
        task().complete();
        time.settle();

        assertThat(result).isCompleted();
    }

    @Test
    void aSuccessWhoseCreationIsRevertedIsPaidNoSecondTime() {
        network.results(Results.HOLD).finalAtOnce(false);
        start();
        CompletableFuture<TaskResult> result = submit();

        task().revertCreation();
        time.settle();
        assertMoved(TaskState.SUCCEEDED, PROGRESS, TaskState.SENT);
        network.results(Results.AT_ONCE);
        task().complete();
        time.settle();

        assertThat(result).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void whatIsLostIsSentAgain() {
        network.plan(Plan.LOSE);
        start();
        CompletableFuture<TaskResult> result = submit();
        assertThat(result).isNotDone();

        time.advance(Duration.ofMinutes(1));
        network.release();
        time.settle();

        assertThat(result).isCompleted();
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aRefusedTaskMayBeChargedAfterAll() {
        network.plan(Plan.REFUSE_FIRST);
        start();
        CompletableFuture<TaskResult> result = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        assertThat(failure(result)).isInstanceOf(CrynuxException.class);
        assertMoved(TaskState.SIGNED, REFUSE, TaskState.REJECTED);
        assertThat(engine.load().inFlight()).isZero();

        task().create();
        time.settle();
        assertMoved(TaskState.REJECTED, PROGRESS, TaskState.CREATED);
        assertThat(engine.load().inFlight()).isOne();
        CompletableFuture<TaskResult> again = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        network.release();
        time.settle();

        assertThat(again.join().taskId()).isEqualTo(task().id().toString());
        assertThat(network.tasks()).hasSize(1);
        assertThat(kept.unsettled()).isEmpty();
    }

    @Test
    void onlyOneOfARefusedTaskAndItsRepetitionIsCharged() {
        network.plan(Plan.REFUSE_FIRST);
        start();
        submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        network.plan(Plan.PEND);
        CompletableFuture<TaskResult> again = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        assertThat(network.tasks()).hasSize(2);

        network.tasks().get(0).create();
        time.settle();
        assertMoved(TaskState.SENT, END, TaskState.REJECTED);
        network.release();
        time.settle();

        assertThat(again).isCompleted();
        assertThat(network.tasks()).filteredOn(ScriptedTask::isCharged).hasSize(1);
        assertThat(kept.unsettled()).isEmpty();
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
    }

    @Test
    void aJournalThatMissedTheChargeLetsNobodyPayAgain() {
        network.plan(Plan.REFUSE_FIRST);
        start();
        submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        kept.losesWrites(true);
        task().create();
        CompletableFuture<TaskResult> second = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        task().abort();
        time.settle();
        assertThat(failure(second)).isInstanceOf(TaskAbortedException.class);
        kept.losesWrites(false);
        network.plan(Plan.COMPLETE);

        CompletableFuture<TaskResult> third = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));

        assertThat(failure(third)).isInstanceOf(TaskAbortedException.class);
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void afterARestartTheChargedAttemptAnswersAndNotTheRefusedOneBefore() {
        network.plan(Plan.REFUSE_FIRST).finalAtOnce(false);
        start();
        submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        network.plan(Plan.COMPLETE).finalAtOnce(true);
        CompletableFuture<TaskResult> second = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        assertThat(kept.unsettled())
                .as("that the refused one can never count is not final")
                .hasSize(1);
        stop();
        start();

        CompletableFuture<TaskResult> third = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));

        assertThat(third.join().taskId()).isEqualTo(second.join().taskId());
        assertThat(network.tasks()).hasSize(2);
    }

    @Test
    void anAttemptThatEndsUnpaidDoesNotHideTheRefusedOneBefore() {
        network.plan(Plan.REFUSE_FIRST);
        start();
        submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        network.plan(Plan.REFUSE);
        submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));
        network.plan(Plan.HOLD);
        CompletableFuture<TaskResult> third = submit(submission(order("key", "a"), WaitFor.RESULT, HOUR, 1));

        task().create();
        network.release();
        time.settle();

        assertThat(third).isCompleted();
        assertThat(network.tasks()).filteredOn(ScriptedTask::isCharged).hasSize(1);
        assertThat(kept.unsettled()).isEmpty();
    }

    @Test
    void anAbortIsReportedWhenItIsFinal() {
        network.plan(Plan.ABORT).finalAtOnce(false);
        start();
        CompletableFuture<TaskResult> result = submit();
        assertThat(result).isNotDone();

        task().makeFinal();
        time.settle();

        assertThat(failure(result)).isInstanceOf(TaskAbortedException.class);
        assertMoved(TaskState.UPLOADED, END, TaskState.ABORTED);
    }

    @Test
    void aRevertedPaymentIsReported() {
        network.plan(Plan.REVERT);
        start();
        assertThat(failure(submit())).hasMessageContaining("reverted");
        assertMoved(TaskState.SENT, END, TaskState.REVERTED);
    }

    @Test
    void aTaskThatNobodyWaitsForIsFollowedToItsEnd() {
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submit();
        time.advance(HOUR);
        assertThat(failure(result)).isInstanceOf(TaskTimeoutException.class);
        assertMoved(TaskState.UPLOADED, GIVE_UP, TaskState.TIMED_OUT);

        network.release();
        time.settle();
        assertThat(kept.unsettled()).isEmpty();
    }

    @Test
    void aTaskThatNobodyWaitsForAndThatHasNotBegunIsNeverPaid() {
        network.plan(Plan.BY_HAND);
        start();
        CompletableFuture<TaskResult> result = submit();
        time.advance(HOUR);
        assertThat(failure(result)).hasMessageContaining("nothing was spent");
        assertMoved(TaskState.PREPARED, GIVE_UP, TaskState.REJECTED);
        assertThat(kept.unsettled()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PEND", "HOLD", "COMPLETE"})
    void somebodyMayWaitAgain(Plan plan) {
        network.plan(plan).finalAtOnce(false).results(Results.HOLD);
        start();
        submit();
        time.advance(HOUR);
        assertThat(engine.tasks.run(record -> true))
                .map(TaskRun::record)
                .get()
                .returns(TaskState.TIMED_OUT, TaskRecord::state);

        CompletableFuture<TaskResult> again = attend();
        network.results(Results.AT_ONCE);
        network.release();
        time.settle();

        assertThat(again).isCompleted();
        assertMoved(
                TaskState.TIMED_OUT,
                PROGRESS,
                switch (plan) {
                    case PEND -> TaskState.SENT;
                    case HOLD -> TaskState.CREATED;
                    default -> TaskState.SUCCEEDED;
                });
    }

    private CompletableFuture<TaskResult> attend() {
        CompletableFuture<TaskResult> future = new CompletableFuture<>();
        engine.loop.execute(() -> {
            TaskRun run = engine.tasks.run(record -> true).orElseThrow();
            run.steps().run(() -> run.job().attend(WaitFor.RESULT, HOUR, future));
        });
        time.settle();
        return future;
    }

    // What only some protocols do, or do only for who was not there, is done by hand.

    @Test
    void theNetworkMayBeQuickerThanItsAnswer() {
        assertByHand(TaskState.SIGNED, PROGRESS, TaskState.CREATED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "SUCCEEDED", "DOWNLOADED"})
    void aRevertedCreationTakesBackWhatCameAfter(TaskState state) {
        assertByHand(state, PROGRESS, TaskState.SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"UPLOADED", "SUCCEEDED", "DOWNLOADED"})
    void aTaskMayHaveBeenCreatedAnewMeanwhile(TaskState state) {
        assertByHand(state, PROGRESS, TaskState.CREATED);
    }

    @Test
    void aRevertedSuccessTakesBackTheDownload() {
        assertByHand(TaskState.DOWNLOADED, PROGRESS, TaskState.UPLOADED);
    }

    @Test
    void aDownloadThatWasNotDeliveredIsMadeAgain() {
        assertByHand(TaskState.DOWNLOADED, PROGRESS, TaskState.SUCCEEDED);
    }

    @Test
    void aTaskMaySucceedBeforeItsUploadIsKnown() {
        assertByHand(TaskState.CREATED, PROGRESS, TaskState.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "UPLOADED"})
    void aSuccessMayBeNotedBeforeItIsReported(TaskState state) {
        assertByHand(state, NOTE, TaskState.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "TIMED_OUT"})
    void aRefusalMayComeLate(TaskState state) {
        assertByHand(state, REFUSE, TaskState.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATED", "SUCCEEDED"})
    void anAbortMayComeEarlyOrLate(TaskState state) {
        assertByHand(state, END, TaskState.ABORTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNED", "CREATED", "UPLOADED", "SUCCEEDED"})
    void aRevertedPaymentMayBeHeardOfLate(TaskState state) {
        assertByHand(state, END, TaskState.REVERTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARED", "SIGNED", "CREATED", "UPLOADED", "SUCCEEDED"})
    void aPaymentMayTurnOutToBeImpossible(TaskState state) {
        assertByHand(state, END, TaskState.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGNED", "SENT", "CREATED", "SUCCEEDED", "DOWNLOADED"})
    void whatMayBeChargedTimesOut(TaskState state) {
        assertByHand(state, GIVE_UP, TaskState.TIMED_OUT);
    }

    private void assertByHand(TaskState from, RunStep step, TaskState to) {
        CompletableFuture<TaskResult> future = bring(from);
        fire(step, to);
        assertMoved(from, step, to);
        assertThat(future.isDone())
                .as("whoever waits hears of ends only")
                .isEqualTo(to.isEnd() || from == TaskState.TIMED_OUT);
        assertThat(kept.records())
                .filteredOn(record -> record.key().equals(run().record().key()))
                .singleElement()
                .returns(step == NOTE ? from : to, JournalRecord::state);
    }

    private AttemptContext run() {
        return network.contexts().get(network.contexts().size() - 1);
    }

    /** A task is in that state, as far as the engine knows, and somebody waits for it. */
    private CompletableFuture<TaskResult> bring(TaskState state) {
        network.plan(Plan.BY_HAND);
        CompletableFuture<TaskResult> future = new CompletableFuture<>();
        if (state == TaskState.PREPARED) {
            start();
            return submit();
        }
        TaskRecord committed = TaskRecord.prepared(order(null))
                .committed(TaskState.SIGNED, null, new Spending(time.clock().instant(), FEE), ProtocolData.EMPTY);
        TaskRecord created = committed.created("1");
        kept.put(state == TaskState.SIGNED || state == TaskState.SENT ? committed.in(state) : created.in(state));
        start();
        engine.loop.execute(
                () -> engine.tasks.run(record -> true).orElseThrow().job().awaitOnly(WaitFor.RESULT, HOUR, future));
        time.settle();
        if (state == TaskState.TIMED_OUT) {
            future.cancel(false);
        }
        return future;
    }

    /** The attempt reports, or the engine does, a step to that state. */
    private void fire(RunStep step, TaskState to) {
        AttemptContext context = run();
        TaskRecord changed = context.record().in(to);
        CrynuxException error = new CrynuxException("as told");
        Settlement settlement = new Settlement(time.clock().instant(), BigInteger.ZERO, null);
        engine.loop.execute(() -> context.steps().run(() -> {
            switch (step) {
                case COMMIT -> context.commit(new Change(changed.data(), to, null, FEE));
                case PROGRESS -> context.progress(changed);
                case NOTE -> context.note(changed);
                case REFUSE -> context.refused(error);
                case END -> context.ended(to, null, settlement, error, false);
                case DOWNLOAD -> context.resultsReady();
                case FINISH -> ((TaskRun) context).doneUnlessWanted();
                case GIVE_UP -> ((TaskRun) context).giveUp("as told");
            }
        }));
        if (step == GIVE_UP) {
            time.advance(HOUR);
        }
        time.settle();
    }

    static Stream<Transition> impossible() {
        // What the engine does by itself is not there for a protocol to get wrong.
        Set<RunStep> reports = EnumSet.of(COMMIT, PROGRESS, NOTE, END);
        Stream<Transition> all = Stream.of(TaskState.values()).flatMap(from -> reports.stream()
                .flatMap(step -> Stream.of(TaskState.values()).map(to -> new Transition(from, step, to))));
        Stream<Transition> refusals =
                Stream.of(TaskState.values()).map(from -> new Transition(from, REFUSE, TaskState.REJECTED));
        return Stream.concat(all, refusals)
                .filter(move -> !RunTransitions.allow(move.from(), move.step(), move.to()))
                // Nothing that has ended so is open after a restart.
                .filter(move -> move.from() != TaskState.ABORTED && move.from() != TaskState.REVERTED);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void whatTheTableDoesNotHaveEndsThatTaskAndNotTheEngine(Transition move) {
        CompletableFuture<TaskResult> future = bring(move.from());
        TaskRecord before = run().record();
        fire(move.step(), move.to());

        assertThat(transitions).doesNotContain(move);
        assertThat(future).as("whoever waits is told").isDone();
        TaskState end = before.state().isEnd()
                ? before.state()
                : before.isCommitted() ? TaskState.TIMED_OUT : TaskState.REJECTED;
        assertThat(run().record().state()).isEqualTo(end);
        network.plan(Plan.COMPLETE);
        assertThat(submit()).as("the engine goes on").isCompleted();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ABORTED", "REVERTED"})
    void nothingIsSettledBeforeItHasEnded(TaskState state) {
        bring(state);
        AttemptContext context = run();
        engine.loop.execute(() -> context.steps()
                .run(() -> context.settled(new Settlement(time.clock().instant(), BigInteger.ZERO, null))));
        time.settle();

        assertThat(context.record().isSettled()).isEqualTo(state.isEnd() || state == TaskState.PREPARED);
        assertThat(context.record().state().isEnd()).isTrue();
    }

    @Test
    void aRefusalThatComesAfterTheEndKeepsNobodyFromTryingAgain() {
        network.plan(Plan.BY_HAND);
        start();
        Submission submission = submission(order(null), WaitFor.RESULT, HOUR, 1);
        submit(submission);
        fire(END, TaskState.REJECTED);
        fire(REFUSE, TaskState.REJECTED);
        submit(submission);

        assertThat(network.contexts()).hasSize(2);
        assertThat(run().refusedBefore()).isEmpty();
    }

    @Test
    void aSettledTaskNeverChanges() {
        bring(TaskState.CREATED);
        fire(END, TaskState.ABORTED);
        TaskRecord ended = run().record();
        List.of(TaskState.values())
                .forEach(state -> List.of(PROGRESS, NOTE, END, REFUSE).forEach(step -> {
                    if (state != TaskState.ABORTED) {
                        fire(step, state);
                    }
                }));
        assertThat(run().record()).isEqualTo(ended);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ABORTED", "REVERTED"})
    void reportsThatChangeNoStateAreHarmlessInAnyState(TaskState state) {
        bring(state);
        AttemptContext context = run();
        engine.loop.execute(() -> context.steps().run(() -> {
            context.started();
            context.pause();
            context.resultsReady();
            context.cancelAsked(this);
            context.cancelFailed(this);
            context.trouble(new CrynuxException("as told"), false);
            context.left();
            context.left();
        }));
        time.settle();

        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
        network.plan(Plan.COMPLETE);
        assertThat(submit()).isCompleted();
    }
}
