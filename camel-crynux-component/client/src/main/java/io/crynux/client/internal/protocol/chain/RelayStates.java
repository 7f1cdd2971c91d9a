// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.relayhttp.RelayClient;
import io.crynux.client.internal.relayhttp.RelayTroubleException;
import io.crynux.client.internal.retry.FailureLog;
import io.crynux.client.internal.retry.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the Relay for the states of tasks, and lets it rest when it is in trouble. */
final class RelayStates {
    private static final Logger LOG = LoggerFactory.getLogger(RelayStates.class);
    private static final RetryPolicy IN_TROUBLE =
            RetryPolicy.of(Duration.ofSeconds(1), Duration.ofSeconds(30)).warningAt(1);

    private final RelayClient relay;
    private final Duration answerTimeout;
    private final ScheduledExecutorService scheduler;
    private final FailureLog failures = new FailureLog(
            LOG, "The Relay does not report the state of tasks", "The Relay reports the state of tasks again");
    /** By the JVM's clock. */
    private long restsUntil = System.nanoTime();

    /** @param answerTimeout how long answers are awaited; later ones count the next time */
    RelayStates(RelayClient relay, Duration answerTimeout, ScheduledExecutorService scheduler) {
        this.relay = relay;
        this.answerTimeout = answerTimeout;
        this.scheduler = scheduler;
    }

    /** The stage never fails: what the Relay does not tell, contract and events do. */
    CompletableFuture<Void> ask(List<PolledTask> tasks) {
        if (isResting()) {
            tasks.forEach(PolledTask::forgetRelay);
            return CompletableFuture.completedFuture(null);
        }
        List<CompletableFuture<Boolean>> answers =
                tasks.stream().filter(PolledTask::beginsToAsk).map(this::ask).toList();
        return bounded(CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> {
                    // A Relay that answers for some tasks and fails for others is in trouble still.
                    if (!answers.isEmpty() && answers.stream().allMatch(CompletableFuture::join)) {
                        failures.over();
                    }
                }));
    }

    /** Completes with whether the Relay has answered. */
    private CompletableFuture<Boolean> ask(PolledTask task) {
        return relay.state(task.id()).handle((state, error) -> {
            if (error != null) {
                onTrouble(error);
            }
            task.toldByRelay(error == null ? state.orElse(null) : null);
            return error == null;
        });
    }

    /** A Relay that does not answer must not hold up what the chain tells. */
    private CompletableFuture<Void> bounded(CompletableFuture<Void> answers) {
        if (answers.isDone()) {
            return answers;
        }
        CompletableFuture<Void> enough = new CompletableFuture<>();
        var timer = scheduler.schedule(() -> enough.complete(null), answerTimeout.toMillis(), TimeUnit.MILLISECONDS);
        answers.whenComplete((done, error) -> {
            timer.cancel(false);
            enough.complete(null);
        });
        return enough;
    }

    private synchronized boolean isResting() {
        return System.nanoTime() - restsUntil < 0;
    }

    /** What was asked for at the same time fails for the same reason, and counts once. */
    private synchronized void onTrouble(Throwable error) {
        if (isResting()) {
            return;
        }
        Throwable cause = Futures.cause(error);
        Duration asked = cause instanceof RelayTroubleException trouble ? trouble.retryAfter() : Duration.ZERO;
        Duration own = failures.failed(error, IN_TROUBLE);
        restsUntil = System.nanoTime() + (asked.compareTo(own) > 0 ? asked : own).toNanos();
    }
}
