// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.error.CrynuxShutdownException;
import io.crynux.client.error.OtherTaskException;
import io.crynux.client.error.RelayException;
import io.crynux.client.error.SignerException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.http.BodyTooLargeException;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.spool.NoRoomException;
import io.crynux.client.settings.Backoff;
import io.crynux.client.settings.RelaySettings;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries a call until the Relay accepts or rejects it, or the caller cancels it. */
final class RelayRetry {
    private static final Logger LOG = LoggerFactory.getLogger(RelayRetry.class);

    private static final int FAILURES_BEFORE_WARNING = 3;

    /** They take more than a minute, in which other downloads may free disk space. */
    private static final int TRIES_WITHOUT_DISK_SPACE = 8;

    private final RelaySettings settings;
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
        this.settings = settings;
        this.executor = executor;
        this.scheduler = scheduler;
        this.clock = clock;
        this.relay = relay;
        this.readClock = readClock;
    }

    /** Cancelling the future cancels the call and its running request. */
    CompletableFuture<HttpReply> run(RelayCall call) {
        CompletableFuture<HttpReply> result = new CompletableFuture<>();
        Attempts attempts = new Attempts(call, result);
        result.whenComplete((reply, error) -> attempts.stop());
        attempts.in(call.firstDelay());
        return result;
    }

    private final class Attempts {
        private final RelayCall call;
        private final CompletableFuture<HttpReply> result;
        private int failures;
        private int temporaryFailures;
        private int invalidResponses;
        private int withoutDiskSpace;
        private boolean clockWasRead;
        private volatile Future<?> pending;

        Attempts(RelayCall call, CompletableFuture<HttpReply> result) {
            this.call = call;
            this.result = result;
        }

        void stop() {
            Future<?> underWay = pending;
            if (underWay != null) {
                underWay.cancel(true);
            }
        }

        void in(Duration delay) {
            try {
                if (delay.isZero()) {
                    executor.execute(this::next);
                } else {
                    waitFor(scheduler.schedule(
                            () -> executor.execute(this::next), delay.toMillis(), TimeUnit.MILLISECONDS));
                }
            } catch (RejectedExecutionException e) {
                result.completeExceptionally(new CrynuxShutdownException("The client stopped while " + call.what()));
            }
        }

        /** Also ends what was started while the call was cancelled. */
        private void waitFor(Future<?> next) {
            pending = next;
            if (result.isDone()) {
                next.cancel(true);
            }
        }

        private void next() {
            if (result.isDone()) {
                return;
            }
            try {
                CompletableFuture<HttpRequest> request = call.request();
                waitFor(request);
                request.whenComplete((signed, error) -> {
                    if (error == null) {
                        send(signed);
                    } else {
                        onReply(null, error);
                    }
                });
            } catch (RuntimeException e) {
                onError(e);
            }
        }

        private void send(HttpRequest request) {
            try {
                CompletableFuture<HttpReply> reply = call.send(request);
                waitFor(reply);
                reply.whenComplete(this::onReply);
            } catch (Throwable e) {
                onError(e);
            }
        }

        private void onReply(HttpReply reply, Throwable error) {
            if (result.isDone()) {
                if (reply != null) {
                    reply.content().close();
                }
                return;
            }
            try {
                if (error == null) {
                    onAnswer(reply);
                } else {
                    onError(Futures.cause(error));
                }
            } catch (Throwable e) {
                onError(e);
            }
        }

        private void onAnswer(HttpReply reply) {
            RelayAnswer answer = RelayAnswer.of(reply);
            call.onAnswer(answer.meaning());
            switch (answer.meaning()) {
                case OK -> onSuccess(reply);
                case ALREADY_DONE -> result.complete(reply);
                case NOT_YET -> later(settings.notReady(), reply, answer.text());
                case TRY_AGAIN -> onTemporaryFailure(reply, answer.text());
                case INVALID_SIGNATURE -> retryWithRelayTime(answer);
                case OTHER_TASK -> result.completeExceptionally(new OtherTaskException(refusal(answer)));
                case NOT_SHOWN -> result.completeExceptionally(new OtherTaskException(refusal(answer), false));
                case REFUSED -> refuse(answer);
            }
        }

        private void onSuccess(HttpReply reply) {
            Optional<String> flaw = call.flaw(reply);
            if (flaw.isEmpty()) {
                if (!result.complete(reply)) {
                    reply.content().close();
                }
                return;
            }
            reply.content().close();
            invalidResponses++;
            if (invalidResponses >= settings.maxInvalidResponses()) {
                result.completeExceptionally(new RelayException("The Relay at " + relay + " answered "
                        + invalidResponses + " times with status 200 while " + call.what() + ", but " + flaw.get()
                        + ". Check that relayUrl is the URL of a Relay, and the proxies in between"));
            } else {
                onTemporaryFailure(reply, flaw.get());
            }
        }

        private void onError(Throwable cause) {
            if (cause instanceof BodyTooLargeException && call.endsWhenTooLong()) {
                result.completeExceptionally(new RelayException(
                        "Refused " + call.what() + ": " + cause.getMessage()
                                + "; the maximum is maxResultSize for a result file, and 16 MiB for a text",
                        TaskFacts.NONE,
                        cause));
            } else if (cause instanceof NoRoomException) {
                onNoDiskSpace(cause);
            } else if (cause instanceof IOException || cause instanceof SignerException) {
                // The task is paid, so a temporary failure of the signer must not lose it.
                warnIfRepeated(cause.toString());
                later(settings.onFailure().delay(failures), cause.toString());
            } else {
                if (cause instanceof Error) {
                    LOG.error("{} failed because of a bug in the client or its signer", call.what(), cause);
                }
                result.completeExceptionally(
                        new RelayException("Failed " + call.what() + ": " + cause, TaskFacts.NONE, cause));
            }
        }

        private void onNoDiskSpace(Throwable cause) {
            withoutDiskSpace++;
            if (withoutDiskSpace < TRIES_WITHOUT_DISK_SPACE) {
                warnIfRepeated(cause.getMessage());
                later(settings.onFailure().delay(failures), cause.getMessage());
            } else {
                result.completeExceptionally(new RelayException(
                        "Failed " + call.what() + " " + withoutDiskSpace + " times: " + cause.getMessage()
                                + ". The Relay keeps the result, so that it can be downloaded again",
                        TaskFacts.NONE,
                        cause));
            }
        }

        /** A signature with the local time may be out of date for the Relay; retries once with the Relay's time. */
        private void retryWithRelayTime(RelayAnswer answer) {
            if (clockWasRead) {
                refuse(answer);
                return;
            }
            Futures.start(readClock).whenComplete((offset, error) -> {
                if (error != null) {
                    later(settings.onFailure().delay(failures), "its clock cannot be read: " + error);
                } else {
                    clockWasRead = true;
                    LOG.info(
                            "The Relay's clock is {} s ahead of the local clock; signing requests with its time",
                            offset.toSeconds());
                    in(Duration.ZERO);
                }
            });
        }

        private void refuse(RelayAnswer answer) {
            result.completeExceptionally(new RelayException(refusal(answer)));
        }

        private String refusal(RelayAnswer answer) {
            return "The Relay at " + relay + " refused " + call.what() + ": " + answer.text();
        }

        private void onTemporaryFailure(HttpReply reply, String why) {
            warnIfRepeated(why);
            later(settings.onFailure(), reply, why);
        }

        /** A warning, because users would otherwise see repeated failures only after the timeout. */
        private void warnIfRepeated(String why) {
            temporaryFailures++;
            if (temporaryFailures == FAILURES_BEFORE_WARNING) {
                LOG.warn("{} at {} has failed {} times, trying again: {}", call.what(), relay, temporaryFailures, why);
            }
        }

        /** Honours a Retry-After that is longer than the back-off, up to the maximum. */
        private void later(Backoff backoff, HttpReply reply, String why) {
            Duration own = backoff.delay(failures);
            Duration asked = reply.retryAfter(clock.instant()).orElse(Duration.ZERO);
            Duration max = settings.maxRetryAfter();
            Duration honoured = asked.compareTo(max) > 0 ? max : asked;
            later(honoured.compareTo(own) > 0 ? honoured : own, why);
        }

        private void later(Duration delay, String why) {
            failures++;
            LOG.debug("Try {} of {} failed, next in {} ms: {}", failures, call.what(), delay.toMillis(), why);
            in(delay);
        }
    }
}
