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

/** Tries a call until the Relay has done it or refused it, or nobody waits any more. */
final class RelayRetry {
    private static final Logger LOG = LoggerFactory.getLogger(RelayRetry.class);

    private static final int TOLD_TROUBLES = 3;

    /** They take more than a minute, in which others that have room give it back. */
    private static final int TRIES_WITHOUT_ROOM = 8;

    private final RelaySettings settings;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final String relay;
    private final Supplier<CompletableFuture<Duration>> readClock;

    /**
     * @param executor makes the requests
     * @param relay how messages name the Relay
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

    /** The future's cancellation abandons the call, also a request that is under way. */
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
        private int troubles;
        private int uselessAnswers;
        private int withoutRoom;
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
                result.completeExceptionally(
                        new CrynuxShutdownException("The client stopped before it was done with " + call.what()));
            }
        }

        /** What is begun just when the call is abandoned is ended too. */
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
                case NOT_YET -> later(settings.notReady(), reply, answer.words());
                case TRY_AGAIN -> inTrouble(reply, answer.words());
                case INVALID_SIGNATURE -> withRightClock(answer);
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
            uselessAnswers++;
            if (uselessAnswers >= settings.maxInvalidResponses()) {
                result.completeExceptionally(new RelayException("The Relay at " + relay + " claimed success "
                        + uselessAnswers + " times at " + call.what() + ", but " + flaw.get()
                        + ". Check whether relayUrl leads to a Relay, and what proxies there are in between"));
            } else {
                inTrouble(reply, flaw.get());
            }
        }

        private void onError(Throwable cause) {
            if (cause instanceof BodyTooLargeException && call.endsWhenTooLong()) {
                result.completeExceptionally(new RelayException(
                        "Refused " + call.what() + ": " + cause.getMessage()
                                + "; maxResultSize is the longest result that is taken, 16 MiB the longest text",
                        TaskFacts.NONE,
                        cause));
            } else if (cause instanceof NoRoomException) {
                onNoRoom(cause);
            } else if (cause instanceof IOException || cause instanceof SignerException) {
                // The task is paid, so a signer that fails now and then must not make it useless.
                tell(cause.toString());
                later(settings.onFailure().delay(failures), cause.toString());
            } else {
                if (cause instanceof Error) {
                    LOG.error("{} failed, which is a defect of the client or of its signer", call.what(), cause);
                }
                result.completeExceptionally(
                        new RelayException("Failed " + call.what() + ": " + cause, TaskFacts.NONE, cause));
            }
        }

        private void onNoRoom(Throwable cause) {
            withoutRoom++;
            if (withoutRoom < TRIES_WITHOUT_ROOM) {
                tell(cause.getMessage());
                later(settings.onFailure().delay(failures), cause.getMessage());
            } else {
                result.completeExceptionally(new RelayException(
                        "Failed " + call.what() + " " + withoutRoom + " times: " + cause.getMessage()
                                + ". The result stays at the Relay, and can be fetched again",
                        TaskFacts.NONE,
                        cause));
            }
        }

        /** A signature that was fine for our clock may be out of date for the Relay's; that is worth one more try. */
        private void withRightClock(RelayAnswer answer) {
            if (clockWasRead) {
                refuse(answer);
                return;
            }
            Futures.start(readClock)
                    .whenComplete((offset, error) -> {
                        if (error != null) {
                            later(settings.onFailure().delay(failures), "its clock cannot be read: " + error);
                        } else {
                            clockWasRead = true;
                            LOG.info(
                                    "The Relay's clock is {} s ahead of ours; signing by its clock",
                                    offset.toSeconds());
                            in(Duration.ZERO);
                        }
                    });
        }

        private void refuse(RelayAnswer answer) {
            result.completeExceptionally(new RelayException(refusal(answer)));
        }

        private String refusal(RelayAnswer answer) {
            return "The Relay at " + relay + " refused " + call.what() + ": " + answer.words();
        }

        private void inTrouble(HttpReply reply, String why) {
            tell(why);
            later(settings.onFailure(), reply, why);
        }

        /** A Relay that is behind is usual; one that fails again and again is not, and nobody hears of it until the deadline. */
        private void tell(String why) {
            troubles++;
            if (troubles == TOLD_TROUBLES) {
                LOG.warn("{} at {} has failed {} times, trying again: {}", call.what(), relay, troubles, why);
            }
        }

        /** The Relay may ask for a longer wait than ours, not for a shorter one, and not for one without end. */
        private void later(Backoff backoff, HttpReply reply, String why) {
            Duration own = backoff.delay(failures);
            Duration asked = reply.retryAfter(clock.instant()).orElse(Duration.ZERO);
            Duration most = settings.maxRetryAfter();
            Duration honoured = asked.compareTo(most) > 0 ? most : asked;
            later(honoured.compareTo(own) > 0 ? honoured : own, why);
        }

        private void later(Duration delay, String why) {
            failures++;
            LOG.debug("Try {} of {} failed, next in {} ms: {}", failures, call.what(), delay.toMillis(), why);
            in(delay);
        }
    }
}
