// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.internal.protocol.Attempt;
import io.crynux.client.internal.protocol.Protocol;
import io.crynux.client.internal.protocol.TaskReports;
import io.crynux.client.journal.JournalSession;
import io.crynux.client.journal.TaskJournal;
import io.crynux.client.observe.ClientObserver;
import io.crynux.client.settings.EngineSettings.BudgetSettings;
import io.crynux.client.settings.EngineSettings.Limits;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.Sabotage;
import io.crynux.testing.ScriptedNetwork;
import io.crynux.testing.ScriptedNetwork.Plan;
import io.crynux.testing.ScriptedTask;
import io.crynux.testing.VirtualTime;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An {@code Error} at each call of protocol, attempt, journal and observer, one after the other: at most one task hears of it, the
 * engine goes on, and what was charged is followed to its end, at the latest by the next process.
 */
class ErrorAtEveryStepTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Limits LIMITS = new Limits(4, 4, 100);
    private static final BudgetSettings BUDGET =
            new BudgetSettings(FEE.multiply(BigInteger.valueOf(1000)), Duration.ofDays(1));

    private KeptJournal kept;
    /** Which call throws. */
    private int culprit;

    private boolean after;
    private int calls;
    private boolean reached;
    private String thrownAt;

    private <T> T sabotaged(Class<T> type, T target) {
        return Sabotage.of(type, target, (method, arguments, call) -> onCall(type, method, call));
    }

    private Object onCall(Class<?> type, String method, Callable<Object> call) throws Exception {
        // A journal that throws when it is opened is not open.
        boolean itsTurn = ++calls == culprit;
        reached |= itsTurn;
        boolean now = itsTurn && !(after && type == TaskJournal.class);
        if (now) {
            thrownAt = type.getSimpleName() + "." + method;
        }
        // What throws when it is closed is closed all the same.
        if (now && !after && !(type == JournalSession.class && method.equals("close"))) {
            throw new NoSuchMethodError("as told");
        }
        Object answer = call.call();
        if (now) {
            throw new NoSuchMethodError("as told, afterwards");
        }
        if (answer instanceof Attempt attempt) {
            return sabotaged(Attempt.class, attempt);
        }
        if (answer instanceof TaskReports reports) {
            return sabotaged(TaskReports.class, reports);
        }
        if (type == TaskJournal.class && answer instanceof CompletionStage<?> opening) {
            return opening.thenApply(session -> sabotaged(JournalSession.class, (JournalSession) session));
        }
        return answer;
    }

    private void prepare(int call, boolean afterwards) {
        time = VirtualTime.inOrder();
        network = new ScriptedNetwork();
        kept = new KeptJournal();
        culprit = call;
        after = afterwards;
        calls = 0;
        reached = false;
        thrownAt = null;
        journal = sabotaged(TaskJournal.class, kept);
        observer = sabotaged(ClientObserver.class, ClientObserver.NONE);
        protocols = protocol -> sabotaged(Protocol.class, protocol);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anErrorEndsAtMostOneTask(boolean afterwards) {
        int call = 0;
        List<String> failures = new ArrayList<>();
        do {
            prepare(++call, afterwards);
            try {
                run();
            } catch (Throwable e) {
                failures.add(
                        "call " + call + ": " + e.getMessage().lines().limit(6).collect(joining(" ")));
            }
        } while (reached);
        assertThat(failures).isEmpty();
        assertThat(call).as("calls that threw").isGreaterThan(100);
    }

    private void run() {
        begin();
        List<CompletableFuture<TaskResult>> results = work();
        assertThat(results).as("all have ended, with an error at %s", thrownAt).allMatch(CompletableFuture::isDone);
        assertThat(results.stream()
                        .filter(CompletableFuture::isCompletedExceptionally)
                        .count())
                .as("failures with an error at %s", thrownAt)
                // One of them is meant to time out, and one to be aborted; two share a task.
                .isBetween(2L, 5L);
        assertNobodyPaidTwice();
        network.plan(Plan.COMPLETE);
        boolean thrown = thrownAt != null;
        CompletableFuture<TaskResult> next = submit();
        if (thrown) {
            assertThat(next)
                    .as("the engine goes on after an error at %s", thrownAt)
                    .isCompleted();
        }
        network.plan(Plan.HOLD);
        CompletableFuture<TaskResult> open = submit();
        end();
        assertThat(open).as("it has ended, with an error at %s", thrownAt).isDone();

        begin();
        network.release();
        time.settle();
        end();

        culprit = 0;
        begin();
        time.settle();
        assertThat(kept.unsettled())
                .as("what is left open by an error at %s", thrownAt)
                .isEmpty();
        assertThat(engine.load()).as("after an error at %s", thrownAt).isEqualTo(new TaskEngine.Load(0, 0, 0));
        assertNobodyPaidTwice();
        end();
        assertThat(time.timers())
                .as("timers that an error at %s leaves", thrownAt)
                .isZero();
    }

    /** A process begins; its client is created and connected again, where that has failed. */
    private void begin() {
        try {
            begin(settings(LIMITS, BUDGET));
        } catch (NoSuchMethodError e) {
            begin(settings(LIMITS, BUDGET));
        }
        connectAtLast();
    }

    /** Closing may report the error. */
    private void end() {
        CompletableFuture<Void> closed = engine.close().toCompletableFuture();
        time.settle();
        assertThat(closed).isDone();
        engine.abandon();
    }

    /** Connecting may fail, and be tried again. */
    private void connectAtLast() {
        CompletableFuture<Void> connected = connect();
        if (connected.isCompletedExceptionally()) {
            assertThat(thrownAt).isNotNull();
            connected = connect();
        }
        assertThat(connected).as("connected after an error at %s", thrownAt).isCompleted();
    }

    private List<CompletableFuture<TaskResult>> work() {
        List<CompletableFuture<TaskResult>> results = new ArrayList<>();
        results.add(submit());
        network.plan(Plan.HOLD);
        results.add(submit(submission(order("key", "a"), WaitFor.RESULT, HOUR.multipliedBy(3), 1)));
        results.add(submit(submission(order("key", "a"), WaitFor.RESULT, HOUR.multipliedBy(3), 1)));
        // It times out, and is followed.
        results.add(submit(submission(order("late", "b"), WaitFor.RESULT, HOUR, 1)));
        network.plan(Plan.ABORT);
        results.add(submit(submission(order(null), WaitFor.RESULT, HOUR, 2)));
        network.plan(Plan.COMPLETE);
        time.advance(HOUR);
        for (ScriptedTask task : network.tasks()) {
            // Somebody waits again for what has timed out.
            if ("late".equals(task.order().idempotencyKey())) {
                results.add(new KnownTasks(engine)
                        .resume(
                                task.id().toString(),
                                () -> CompletableFuture.failedFuture(new IllegalStateException("not under way")),
                                WaitFor.RESULT,
                                HOUR));
            }
        }
        time.settle();
        network.release();
        time.settle();
        time.advance(HOUR.multipliedBy(3));
        return results;
    }

    private void assertNobodyPaidTwice() {
        for (String key : List.of("key", "late")) {
            assertThat(network.tasks())
                    .as("tasks of '%s' with an error at %s", key, thrownAt)
                    .filteredOn(task -> key.equals(task.order().idempotencyKey()))
                    .filteredOn(ScriptedTask::isCharged)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void anObserverThatThrowsAtEachCallEndsNoEngine() {
        prepare(0, false);
        observer = Sabotage.of(ClientObserver.class, ClientObserver.NONE, (method, arguments, call) -> {
            throw new NoSuchMethodError("as told");
        });
        network.plan(Plan.HOLD);
        start();
        CompletableFuture<TaskResult> result = submit();
        network.release();
        time.settle();
        assertThat(result).isDone();
        assertThat(kept.unsettled()).isEmpty();
    }
}
