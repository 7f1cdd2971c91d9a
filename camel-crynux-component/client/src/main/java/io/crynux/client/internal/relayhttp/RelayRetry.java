// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.error.OtherTaskException;
import io.crynux.client.error.RelayException;
import io.crynux.client.error.SignerException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.BodyTooLargeException;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.retry.RetriedCall;
import io.crynux.client.internal.retry.Retry;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.internal.retry.Verdict;
import io.crynux.client.internal.spool.NoRoomException;
import io.crynux.client.settings.RelaySettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the Relay's answers mean for a call: it is tried again until the Relay accepts or rejects it, or the caller cancels it. */
final class RelayRetry {
    private static final Logger LOG = LoggerFactory.getLogger(RelayRetry.class);

    private static final int FAILURES_BEFORE_WARNING = 3;

    /** They take more than a minute, in which other downloads may free disk space. */
    private static final int TRIES_WITHOUT_DISK_SPACE = 8;

    private final RetryPolicy notReady;
    private final RetryPolicy onFailure;
    private final RetryPolicy onInvalidResponse;
    private final RetryPolicy withoutDiskSpace;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final String relay;
    private final Supplier<CompletableFuture<Duration>> readClock;

    /**
     * @param executor sends the requests
     * @param relay URL of the Relay for messages
     */
    RelayRetry(
            RelaySettings settings,
            Executor executor,
            ScheduledExecutorService scheduler,
            Clock clock,
            String relay,
            Supplier<CompletableFuture<Duration>> readClock) {
        this.notReady = RetryPolicy.of(settings.notReady()).honouring(settings.maxRetryAfter());
        this.onFailure = RetryPolicy.of(settings.onFailure())
                .honouring(settings.maxRetryAfter())
                .warningAt(FAILURES_BEFORE_WARNING);
        this.onInvalidResponse = onFailure.upTo(settings.maxInvalidResponses());
        this.withoutDiskSpace = onFailure.upTo(TRIES_WITHOUT_DISK_SPACE);
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
        this.relay = relay;
        this.readClock = readClock;
    }

    /** Cancelling the future cancels the call and its running request. */
    CompletableFuture<HttpReply> run(RelayCall call) {
        return Retry.startIn(call.firstDelay(), new Tries(call), this::schedule, System::nanoTime)
                .future();
    }

    private Future<?> schedule(Duration delay, Runnable step) {
        if (!delay.isZero()) {
            return scheduler.schedule(() -> executor.execute(step), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
        FutureTask<Void> now = new FutureTask<>(step, null);
        executor.execute(now);
        return now;
    }

    private final class Tries implements RetriedCall<HttpReply> {
        private final RelayCall call;
        /** Whether requests are signed with the Relay's time. */
        private volatile boolean clockWasRead;

        Tries(RelayCall call) {
            this.call = call;
        }

        @Override
        public Logger log() {
            return LOG;
        }

        @Override
        public String what() {
            return call.what() + " at " + relay;
        }

        @Override
        public void discard(HttpReply reply) {
            reply.content().close();
        }

        @Override
        public CompletableFuture<HttpReply> attempt() {
            RelayTry attempt = new RelayTry(call);
            CompletableFuture<HttpReply> accepted = attempt.send().thenCompose(reply -> withRelayTime(attempt, reply));
            accepted.whenComplete((done, error) -> {
                if (accepted.isCancelled()) {
                    attempt.cancel();
                }
            });
            return accepted;
        }

        /** A signature with the local time may be out of date for the Relay; tries once with the Relay's time. */
        private CompletableFuture<HttpReply> withRelayTime(RelayTry attempt, HttpReply reply) {
            if (clockWasRead || RelayAnswer.of(reply).meaning() != RelayAnswer.Meaning.INVALID_SIGNATURE) {
                return CompletableFuture.completedFuture(reply);
            }
            reply.content().close();
            return Futures.start(readClock)
                    .handle((offset, error) -> {
                        if (error != null) {
                            return CompletableFuture.<HttpReply>failedFuture(
                                    new IOException("its clock cannot be read: " + error, error));
                        }
                        clockWasRead = true;
                        LOG.info(
                                "The Relay's clock is {} s ahead of the local clock; signing requests with its time",
                                offset.toSeconds());
                        return attempt.send();
                    })
                    .thenCompose(next -> next);
        }

        @Override
        public Verdict<HttpReply> judge(HttpReply reply, Throwable error) {
            return error == null ? ofAnswer(reply) : ofError(error);
        }

        private Verdict<HttpReply> ofAnswer(HttpReply reply) {
            RelayAnswer answer = RelayAnswer.of(reply);
            call.onAnswer(answer.meaning());
            return switch (answer.meaning()) {
                case OK -> ofSuccess(reply);
                case ALREADY_DONE -> new Verdict.Done<>(reply);
                case NOT_YET -> later(notReady, reply, answer.text(), refused(answer));
                case TRY_AGAIN -> later(onFailure, reply, answer.text(), refused(answer));
                case INVALID_SIGNATURE, REFUSED -> new Verdict.Failed<>(refused(answer));
                case OTHER_TASK -> new Verdict.Failed<>(new OtherTaskException(refusal(answer)));
                case NOT_SHOWN -> new Verdict.Failed<>(new OtherTaskException(refusal(answer), false));
            };
        }

        private Verdict<HttpReply> ofSuccess(HttpReply reply) {
            Optional<String> flaw = call.flaw(reply);
            if (flaw.isEmpty()) {
                return new Verdict.Done<>(reply);
            }
            reply.content().close();
            return later(
                    onInvalidResponse,
                    reply,
                    flaw.get(),
                    new RelayException("The Relay at " + relay + " answered " + onInvalidResponse.maxFailures()
                            + " times with status 200 while " + call.what() + ", but " + flaw.get()
                            + ". Check that relayUrl is the URL of a Relay, and the proxies in between"));
        }

        /** Honours a Retry-After that is longer than the back-off. */
        private Verdict<HttpReply> later(RetryPolicy policy, HttpReply reply, String why, RelayException otherwise) {
            return new Verdict.Again<>(
                    policy, why, reply.retryAfter(clock.instant()).orElse(Duration.ZERO), otherwise);
        }

        private Verdict<HttpReply> ofError(Throwable cause) {
            if (cause instanceof BodyTooLargeException && call.endsWhenTooLong()) {
                return new Verdict.Failed<>(new RelayException(
                        "Refused " + call.what() + ": " + cause.getMessage()
                                + "; the maximum is maxResultSize for a result file, and 16 MiB for a text",
                        TaskFacts.NONE,
                        cause));
            }
            if (cause instanceof NoRoomException) {
                return new Verdict.Again<>(
                        withoutDiskSpace,
                        cause.getMessage(),
                        Duration.ZERO,
                        new RelayException(
                                "Failed " + call.what() + " " + TRIES_WITHOUT_DISK_SPACE + " times: "
                                        + cause.getMessage()
                                        + ". The Relay keeps the result, so that it can be downloaded again",
                                TaskFacts.NONE,
                                cause));
            }
            if (cause instanceof IOException || cause instanceof SignerException) {
                // The task is paid, so a temporary failure of the signer must not lose it.
                return Verdict.again(onFailure, cause);
            }
            if (cause instanceof Error) {
                LOG.error("{} failed because of a bug in the client or its signer", call.what(), cause);
            }
            return new Verdict.Failed<>(
                    new RelayException("Failed " + call.what() + ": " + cause, TaskFacts.NONE, cause));
        }

        private RelayException refused(RelayAnswer answer) {
            return new RelayException(refusal(answer));
        }

        private String refusal(RelayAnswer answer) {
            return "The Relay at " + relay + " refused " + call.what() + ": " + answer.text();
        }
    }
}
