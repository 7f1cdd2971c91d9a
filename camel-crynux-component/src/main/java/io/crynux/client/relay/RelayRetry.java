// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.relay;

import io.crynux.client.error.RelayException;
import io.crynux.client.error.TaskFacts;
import io.crynux.client.http.Backoff;
import io.crynux.client.http.BodyTooLargeException;
import io.crynux.client.http.HttpReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a request until the Relay has done it or refused it, or nobody waits any more. */
final class RelayRetry {
    private static final Logger LOG = LoggerFactory.getLogger(RelayRetry.class);
    private static final Backoff NOT_YET = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5));
    private static final Backoff IN_TROUBLE = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final ScheduledExecutorService scheduler;
    private final Clock clock;
    private final String relay;
    private final Supplier<CompletableFuture<Duration>> readClock;

    RelayRetry(
            ScheduledExecutorService scheduler,
            Clock clock,
            String relay,
            Supplier<CompletableFuture<Duration>> readClock) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.relay = relay;
        this.readClock = readClock;
    }

    /** @param request makes and sends the request; it is signed anew for each try, since a signature lives a minute */
    CompletableFuture<HttpReply> run(String what, Supplier<CompletableFuture<HttpReply>> request) {
        CompletableFuture<HttpReply> result = new CompletableFuture<>();
        new Attempts(what, request, result).next();
        return result;
    }

    private final class Attempts {
        private final String what;
        private final Supplier<CompletableFuture<HttpReply>> request;
        private final CompletableFuture<HttpReply> result;
        private int failures;
        private boolean clockWasRead;

        Attempts(String what, Supplier<CompletableFuture<HttpReply>> request, CompletableFuture<HttpReply> result) {
            this.what = what;
            this.request = request;
            this.result = result;
        }

        void next() {
            if (!result.isDone()) {
                request.get().whenComplete(this::onReply);
            }
        }

        private void onReply(HttpReply reply, Throwable error) {
            if (error != null) {
                onError(error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
                return;
            }
            RelayAnswer answer = RelayAnswer.of(reply);
            switch (answer.meaning()) {
                case OK, ALREADY_DONE -> result.complete(reply);
                case NOT_YET -> later(NOT_YET.delay(failures), answer.words());
                case TRY_AGAIN ->
                    later(
                            reply.retryAfter(clock.instant()).orElseGet(() -> IN_TROUBLE.delay(failures)),
                            answer.words());
                case INVALID_SIGNATURE -> withRightClock(answer);
                case REFUSED -> refuse(answer);
            }
        }

        private void onError(Throwable cause) {
            if (cause instanceof BodyTooLargeException) {
                result.completeExceptionally(new RelayException(
                        "Refused " + what + ": " + cause.getMessage() + "; raise maxResultSize to take it",
                        TaskFacts.NONE,
                        cause));
            } else if (cause instanceof IOException) {
                later(IN_TROUBLE.delay(failures), cause.toString());
            } else {
                result.completeExceptionally(
                        new RelayException("Failed " + what + ": " + cause, TaskFacts.NONE, cause));
            }
        }

        /** A signature that was fine for our clock may be out of date for the Relay's; that is worth one more try. */
        private void withRightClock(RelayAnswer answer) {
            if (clockWasRead) {
                refuse(answer);
                return;
            }
            clockWasRead = true;
            readClock.get().whenComplete((offset, error) -> {
                if (error != null) {
                    clockWasRead = false;
                    later(IN_TROUBLE.delay(failures), "its clock cannot be read");
                } else {
                    LOG.info("The Relay's clock is {} s ahead of ours; signing by its clock", offset.toSeconds());
                    next();
                }
            });
        }

        private void refuse(RelayAnswer answer) {
            result.completeExceptionally(
                    new RelayException("The Relay at " + relay + " refused " + what + ": " + answer.words()));
        }

        private void later(Duration delay, String why) {
            failures++;
            LOG.debug("Try {} of {} failed, next in {}: {}", failures, what, delay, why);
            if (!result.isDone()) {
                scheduler.schedule(this::next, delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }
}
