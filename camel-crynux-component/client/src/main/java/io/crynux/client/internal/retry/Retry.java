// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.retry;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.internal.async.Futures;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;

/**
 * A call on its way through its tries, without a thread. One try after the other; between two of them no lock is held.
 *
 * @param <T> what the call returns
 */
public final class Retry<T> {
    /** Runs steps later. */
    @FunctionalInterface
    public interface Timer {
        /** Cancelling the future before the step has begun ends it. Rejects steps when the client is closed. */
        Future<?> schedule(Duration delay, Runnable step);
    }

    private final RetriedCall<T> call;
    private final Timer timer;
    private final LongSupplier nanoTime;
    private final long begun;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final IdentityHashMap<RetryPolicy, Integer> failures = new IdentityHashMap<>();
    /** The last failure that was no end; null before. */
    private Throwable last;

    private boolean stopped;
    /** The try that runs, or the timer of the next one. */
    private Future<?> pending;

    private boolean trying;
    private int tries;

    private Retry(RetriedCall<T> call, Timer timer, LongSupplier nanoTime) {
        this.call = call;
        this.timer = timer;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
        result.whenComplete((value, error) -> cancel());
    }

    /**
     * Begins with the first try, on the calling thread.
     *
     * @param timer runs the other tries
     * @param nanoTime see {@link System#nanoTime}
     */
    public static <T> Retry<T> start(RetriedCall<T> call, Timer timer, LongSupplier nanoTime) {
        Retry<T> retry = new Retry<>(call, timer, nanoTime);
        retry.attempt();
        return retry;
    }

    /** The same, whose first try the timer runs after that time. */
    public static <T> Retry<T> startIn(Duration delay, RetriedCall<T> call, Timer timer, LongSupplier nanoTime) {
        Retry<T> retry = new Retry<>(call, timer, nanoTime);
        retry.attemptIn(delay);
        return retry;
    }

    /** Fails if there is no further try. Cancelling it cancels the try that runs, and those after it. */
    public CompletableFuture<T> future() {
        return result;
    }

    /** There is no further try; one that runs goes on, and what comes of it counts. */
    public void stop() {
        Throwable failure;
        synchronized (this) {
            stopped = true;
            failure = trying || last == null ? null : last;
        }
        if (failure != null) {
            result.completeExceptionally(failure);
        }
    }

    private synchronized void cancel() {
        stopped = true;
        if (pending != null) {
            pending.cancel(true);
        }
    }

    private synchronized int tries() {
        return tries;
    }

    private void attemptIn(Duration delay) {
        try {
            int before = tries();
            setPending(timer.schedule(delay, this::attempt), before);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new CrynuxShutdownException("The client stopped while " + call.what()));
        }
    }

    /** Also ends what was started while the call was cancelled. */
    private void setPending(Future<?> next, int number) {
        synchronized (this) {
            // A timer may have run its step before it is known here: then the try is what is pending.
            if (number == tries) {
                pending = next;
            }
        }
        if (result.isDone()) {
            next.cancel(true);
        }
    }

    private void attempt() {
        int number;
        synchronized (this) {
            if (result.isDone()) {
                return;
            }
            trying = true;
            number = ++tries;
        }
        CompletableFuture<T> attempt = Futures.start(call::attempt);
        setPending(attempt, number);
        attempt.whenComplete(this::onOutcome);
    }

    private void onOutcome(T value, Throwable error) {
        if (result.isDone()) {
            if (value != null) {
                call.discard(value);
            }
            return;
        }
        try {
            decide(call.judge(value, error == null ? null : Futures.cause(error)));
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private void decide(Verdict<T> verdict) {
        if (verdict instanceof Verdict.Done<T> done) {
            if (!result.complete(done.value()) && done.value() != null) {
                call.discard(done.value());
            }
        } else if (verdict instanceof Verdict.Failed<T> failed) {
            result.completeExceptionally(failed.error());
        } else {
            again((Verdict.Again<T>) verdict);
        }
    }

    private void again(Verdict.Again<T> verdict) {
        Optional<Duration> delay;
        int count;
        synchronized (this) {
            trying = false;
            last = verdict.otherwise();
            count = failures.merge(verdict.policy(), 1, Integer::sum);
            Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - begun);
            delay = stopped ? Optional.empty() : verdict.policy().next(count, elapsed, verdict.asked());
        }
        if (delay.isEmpty()) {
            result.completeExceptionally(verdict.otherwise());
            return;
        }
        if (count == verdict.policy().warnAt()) {
            call.log().warn(call.warning(count, verdict.why()));
        }
        call.log()
                .debug(
                        "Try {} of {} failed, next in {} ms: {}",
                        count,
                        call.what(),
                        delay.get().toMillis(),
                        verdict.why());
        call.onRetry(delay.get());
        attemptIn(delay.get());
    }
}
