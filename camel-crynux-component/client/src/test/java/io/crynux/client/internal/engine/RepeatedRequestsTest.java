// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.internal.protocol.AttemptContext;
import io.crynux.client.internal.protocol.Change;
import io.crynux.client.task.TaskResult;
import io.crynux.client.task.TaskState;
import io.crynux.client.task.WaitFor;
import io.crynux.testing.KeptJournal;
import io.crynux.testing.ScriptedNetwork.Plan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request that comes again, with a key of its submitter, by a redelivery or after a restart, is paid again only if it may be. */
class RepeatedRequestsTest extends EngineTestSupport {
    private static final Duration HOUR = Duration.ofHours(1);

    @BeforeEach
    void keepTheJournal() {
        journal = new KeptJournal();
    }

    private Submission keyed(String prompt, int maxAttempts) {
        return submission(order("key", prompt), WaitFor.RESULT, HOUR, maxAttempts);
    }

    /** The same message again: it has a new order, and no key of its submitter. */
    private Submission redelivered(Duration timeout) {
        return new Submission(
                order(null, "the same"), "message", false, WaitFor.RESULT, timeout, false, 1, BigDecimal.ZERO, null);
    }

    @Test
    void requestsThatArriveTogetherAreOneTask() {
        start();
        List<CompletableFuture<TaskResult>> results = IntStream.range(0, 5)
                .mapToObj(i -> engine.submit(keyed("a", 1), CompletableFuture.completedFuture(null)))
                .toList();
        time.settle();

        assertThat(results).allSatisfy(result -> {
            assertThat(result.join().taskId())
                    .isEqualTo(network.tasks().get(0).id().toString());
            assertThat(result.join().files())
                    .allSatisfy(file -> assertThat(file.size()).isPositive());
        });
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
        network.plan(Plan.HOLD);
        start();
        submit(keyed("a", 1));

        assertRefused();
        network.release();
        time.settle();
        assertRefused();
        assertThat(network.tasks()).hasSize(1);
    }

    private void assertRefused() {
        assertThat(failure(submit(keyed("another", 1))))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("idempotencyKey 'key' was used for another request. Nothing was signed");
    }

    @Test
    void anAbortedRequestGetsTheSameAnswerOnceItsAttemptsAreSpent() {
        network.plan(Plan.ABORT);
        start();
        Throwable first = failure(submit(keyed("a", 2)));
        assertThat(first).isInstanceOf(TaskAbortedException.class).hasMessageContaining("task 2");

        assertThat(failure(submit(keyed("a", 2)))).hasMessage(first.getMessage());
        assertThat(network.tasks()).hasSize(2);
        network.plan(Plan.COMPLETE);
        assertThat(submit(keyed("a", 3)).join().attempt())
                .as("one more is allowed")
                .isEqualTo(3);
    }

    @Test
    void aRedeliveryOfAnAbortedTaskGetsTheSameAnswerWithoutAPayment() {
        network.plan(Plan.ABORT);
        start();
        for (int i = 0; i < 4; i++) {
            assertThat(failure(submit(redelivered(HOUR))))
                    .isInstanceOf(TaskAbortedException.class)
                    .hasMessageContaining("task 1");
        }
        assertThat(network.tasks()).hasSize(1);
    }

    @Test
    void aPaymentThatWasRevertedIsMadeAgainByARedelivery() {
        network.plan(Plan.REVERT);
        start();
        for (int i = 1; i <= 3; i++) {
            assertThat(failure(submit(redelivered(HOUR))))
                    .isInstanceOf(CrynuxException.class)
                    .hasMessageContaining("was reverted. Nothing was spent");
            assertThat(network.tasks()).hasSize(i);
        }
        network.plan(Plan.COMPLETE);

        assertThat(submit(redelivered(HOUR))).isCompleted();
        assertThat(network.tasks()).hasSize(4);
    }

    @Test
    void whatWasNotPaidInTimeIsNotPaidLater() {
        network.plan(Plan.BY_HAND);
        start();
        for (int i = 0; i < 20; i++) {
            CompletableFuture<TaskResult> result = submit(redelivered(Duration.ofMillis(1)));
            time.advance(Duration.ofMillis(1));
            assertThat(failure(result)).isInstanceOf(TaskTimeoutException.class);
        }

        assertThat(network.contexts()).hasSize(20);
        for (AttemptContext late : network.contexts()) {
            assertThat(commit(late)).isCancelled();
        }
        assertThat(engine.load()).isEqualTo(new TaskEngine.Load(0, 0, 0));
    }

    /** The attempt would pay now. */
    private CompletableFuture<Void> commit(AttemptContext late) {
        AtomicReference<CompletionStage<Void>> committed = new AtomicReference<>();
        Change paying = new Change(late.record().data(), TaskState.SIGNED, null, FEE);
        engine.loop.execute(() -> committed.set(late.commit(paying)));
        time.settle();
        return committed.get().toCompletableFuture();
    }

    @Test
    void anAbortionWhileNoProcessRanIsReportedToWhoeverComesAgain() {
        network.plan(Plan.HOLD);
        start();
        submit(keyed("a", 1));
        stop();
        network.tasks().get(0).abort();

        for (int restart = 0; restart < 2; restart++) {
            start();
            assertThat(failure(submit(keyed("a", 1)))).isInstanceOf(TaskAbortedException.class);
            assertThat(network.tasks()).hasSize(1);
            stop();
        }
        network.plan(Plan.COMPLETE);
        start();
        assertThat(submit(keyed("a", 2)).join().attempt()).isEqualTo(2);
        assertThat(network.tasks()).hasSize(2);
    }

    @Test
    void aTaskThatNeverStartsIsCancelledAndPaidForAgain() {
        network.plan(Plan.QUEUE);
        start();
        CompletableFuture<TaskResult> result = submit(
                new Submission(order(null), "message", false, WaitFor.RESULT, HOUR, true, 2, BigDecimal.ZERO, null));
        network.plan(Plan.COMPLETE);
        time.advance(HOUR);

        assertThat(result.join().attempt()).isEqualTo(2);
        assertThat(network.tasks()).hasSize(2);
        assertThat(network.tasks().get(0).isFinal()).isTrue();
    }
}
