// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Futures;
import io.crynux.testing.LoggedMessages;
import io.crynux.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call is tried again as its policies say, in virtual time. */
class RetryTest {
    private static final RetryPolicy PATIENT =
            RetryPolicy.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).warningAt(3);
    private static final RetryPolicy THREE_TIMES = PATIENT.upTo(3);

    private final VirtualTime time = VirtualTime.inOrder();
    private final List<CompletableFuture<String>> tries = new ArrayList<>();
    private final List<String> discarded = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Verdict<String> verdict;

    private class Call implements RetriedCall<String> {
        @Override
        public Logger log() {
            return LoggerFactory.getLogger(RetryTest.class);
        }

        @Override
        public String what() {
            return "asking";
        }

        @Override
        public CompletableFuture<String> attempt() {
            CompletableFuture<String> next = new CompletableFuture<>();
            tries.add(next);
            return next;
        }

        @Override
        public Verdict<String> judge(String value, Throwable error) {
            return verdict != null
                    ? verdict
                    : error == null ? new Verdict.Done<>(value) : Verdict.again(PATIENT, error);
        }

        @Override
        public void onRetry(Duration delay) {
            delays.add(delay);
        }

        @Override
        public void discard(String value) {
            discarded.add(value);
        }
    }

    private Retry<String> start() {
        return Retry.start(
                new Call(),
                (delay, step) -> time.scheduler().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS),
                time::nanoTime);
    }

    private CompletableFuture<String> lastTry() {
        return tries.get(tries.size() - 1);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        try {
            future.getNow(null);
        } catch (CompletionException e) {
            return Futures.cause(e);
        }
        throw new AssertionError("It has not failed: " + future);
    }

    private void failAndWait() {
        lastTry().completeExceptionally(new IOException("down"));
        time.advance(delays.get(delays.size() - 1));
    }

    @Test
    void aFailureIsFollowedByAnotherTryAfterTheDelayOfThePolicy() {
        Retry<String> retry = start();
        lastTry().completeExceptionally(new IOException("down"));
        assertThat(delays).hasSize(1);
        time.advance(delays.get(0).minusMillis(1));
        assertThat(tries).hasSize(1);
        time.advance(Duration.ofMillis(1));
        assertThat(tries).hasSize(2);

        lastTry().complete("answer");
        assertThat(retry.future()).isCompletedWithValue("answer");
        assertThat(time.timers()).isZero();
    }

    @Test
    void itIsTriedForHoursAndWarnsOnce() {
        Retry<String> retry = start();
        try (LoggedMessages logged = new LoggedMessages("io.crynux.client.internal.retry")) {
            for (int i = 0; i < 500; i++) {
                failAndWait();
            }
            assertThat(logged.ofThreads(""))
                    .containsExactly("asking has failed 3 times, trying again: java.io.IOException: down");
        }
        assertThat(Duration.ofNanos(time.nanoTime())).isGreaterThan(Duration.ofHours(2));
        assertThat(retry.future()).isNotDone();
    }

    @Test
    void failuresOfEachPolicyCountForThemselves() {
        Retry<String> retry = start();
        failAndWait();
        failAndWait();
        verdict = new Verdict.Again<>(THREE_TIMES, "odd", Duration.ZERO, new IOException("odd 3 times"));
        failAndWait();
        failAndWait();
        assertThat(retry.future()).isNotDone();
        lastTry().complete("odd");

        assertThat(failure(retry.future())).hasMessage("odd 3 times");
        assertThat(time.timers()).isZero();
    }

    @Test
    void theDeadlineOfAPolicyEndsIt() {
        Retry<String> retry = start();
        RetryPolicy minute = PATIENT.within(Duration.ofMinutes(1));
        verdict = new Verdict.Again<>(minute, "late", Duration.ZERO, new IOException("too late"));
        int rounds = 0;
        while (!retry.future().isDone() && rounds++ < 100) {
            lastTry().complete("not yet");
            if (!retry.future().isDone()) {
                time.advance(delays.get(delays.size() - 1));
            }
        }
        assertThat(failure(retry.future())).hasMessage("too late");
        assertThat(Duration.ofNanos(time.nanoTime())).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aServerIsGivenTheTimeThatItAsksFor() {
        start();
        verdict = new Verdict.Again<>(
                PATIENT.honouring(Duration.ofMinutes(5)), "busy", Duration.ofMinutes(2), new IOException("busy"));
        lastTry().complete("later");
        assertThat(delays).containsExactly(Duration.ofMinutes(2));
    }

    @Test
    void cancellingEndsTheTryThatRuns() {
        Retry<String> retry = start();
        retry.future().cancel(false);
        assertThat(lastTry()).isCancelled();
        assertThat(time.timers()).isZero();
    }

    @Test
    void cancellingEndsTheWaitForTheNextTry() {
        Retry<String> retry = start();
        lastTry().completeExceptionally(new IOException("down"));
        retry.future().cancel(false);
        assertThat(time.timers()).isZero();
        time.advance(Duration.ofHours(1));
        assertThat(tries).hasSize(1);
    }

    @Test
    void whatComesTooLateIsReleased() {
        CompletableFuture<String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
                return false;
            }
        };
        Retry<String> retry = Retry.start(
                new Call() {
                    @Override
                    public CompletableFuture<String> attempt() {
                        return stubborn;
                    }
                },
                (delay, step) -> time.scheduler().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS),
                time::nanoTime);
        retry.future().cancel(false);
        stubborn.complete("late");
        assertThat(discarded).containsExactly("late");
    }

    @Test
    void afterAStopTheTryThatRunsStillCounts() {
        Retry<String> retry = start();
        retry.stop();
        assertThat(retry.future()).isNotDone();
        lastTry().complete("answer");
        assertThat(retry.future()).isCompletedWithValue("answer");
    }

    @Test
    void afterAStopThereIsNoOtherTry() {
        Retry<String> retry = start();
        retry.stop();
        lastTry().completeExceptionally(new IOException("down"));
        assertThat(failure(retry.future())).hasMessage("down");
        assertThat(time.timers()).isZero();
    }

    @Test
    void aStopBetweenTwoTriesFailsWithTheLastFailure() {
        Retry<String> retry = start();
        lastTry().completeExceptionally(new IOException("down"));
        retry.stop();
        assertThat(failure(retry.future())).hasMessage("down");
        assertThat(time.timers()).isZero();
    }

    @Test
    void whatACallThrowsIsAFailureLikeAnyOther() {
        Retry<String> retry = Retry.start(
                new Call() {
                    @Override
                    public CompletableFuture<String> attempt() {
                        throw new NoSuchMethodError("gone");
                    }

                    @Override
                    public Verdict<String> judge(String value, Throwable error) {
                        return new Verdict.Failed<>(error);
                    }
                },
                (delay, step) -> time.scheduler().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS),
                time::nanoTime);
        assertThat(failure(retry.future())).isInstanceOf(NoSuchMethodError.class);
    }

    @Test
    void whatAJudgeThrowsEndsTheCall() {
        Retry<String> retry = Retry.start(
                new Call() {
                    @Override
                    public Verdict<String> judge(String value, Throwable error) {
                        throw new StackOverflowError();
                    }
                },
                (delay, step) -> time.scheduler().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS),
                time::nanoTime);
        lastTry().complete("answer");
        assertThat(failure(retry.future())).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aTimerThatTakesNothingMeansThatTheClientStops() {
        Retry<String> retry = Retry.start(
                new Call(),
                (delay, step) -> {
                    throw new RejectedExecutionException("closed");
                },
                time::nanoTime);
        lastTry().completeExceptionally(new IOException("down"));
        assertThat(failure(retry.future()))
                .isInstanceOf(CrynuxShutdownException.class)
                .hasMessage("The client stopped while asking");
    }

    @Test
    void cancellingEndsATryThatBeganBeforeItsTimerWasKnown() {
        Retry<String> retry = Retry.startIn(
                Duration.ZERO,
                new Call(),
                (delay, step) -> {
                    step.run();
                    return CompletableFuture.completedFuture(null);
                },
                time::nanoTime);
        retry.future().cancel(false);
        assertThat(lastTry()).isCancelled();
    }

    @Test
    void theFirstTryMayWait() {
        Retry<String> retry = Retry.startIn(
                Duration.ofSeconds(5),
                new Call(),
                (delay, step) -> time.scheduler().schedule(step, delay.toMillis(), TimeUnit.MILLISECONDS),
                time::nanoTime);
        assertThat(tries).isEmpty();
        time.advance(Duration.ofSeconds(5));
        lastTry().complete("answer");
        assertThat(retry.future()).isCompletedWithValue("answer");
    }
}
