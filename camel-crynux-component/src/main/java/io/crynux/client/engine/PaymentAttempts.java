// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.http.Backoff;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays for a task, again and again while the network cannot be asked for what a payment needs: trouble that may pass is no
 * reason to fail before the deadline. Used on the engine's loop only.
 */
final class PaymentAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentAttempts.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final TaskEngine engine;
    private final Steps steps;
    private final Consumer<BigInteger> beforeSign;
    private final Function<Payment, CompletionStage<Void>> beforeSend;
    private final Consumer<CrynuxException> then;
    private int failures;
    private boolean stopped;
    private ScheduledFuture<?> next;
    private CrynuxException trouble;

    /**
     * @param beforeSign see {@link TaskNetwork#pay}
     * @param beforeSend see there
     * @param then is given null when the payment may be known to the network, or why there is none
     */
    PaymentAttempts(
            TaskEngine engine,
            Steps steps,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend,
            Consumer<CrynuxException> then) {
        this.engine = engine;
        this.steps = steps;
        this.beforeSign = beforeSign;
        this.beforeSend = beforeSend;
        this.then = then;
    }

    void pay(TaskRecord unpaid) {
        steps.after(
                engine.network.pay(unpaid.order(), beforeSign, beforeSend), (paid, error) -> onAnswer(unpaid, error));
    }

    private void onAnswer(TaskRecord unpaid, Throwable error) {
        if (error == null) {
            then.accept(null);
            return;
        }
        CrynuxException failure = crynuxException(error);
        if (!(failure instanceof NetworkException) || stopped) {
            then.accept(failure);
            return;
        }
        trouble = failure;
        Duration delay = AGAIN.delay(failures++);
        if (failures == 1) {
            LOG.warn(
                    "{} cannot be paid now, trying again until its deadline: {}",
                    TaskLog.name(unpaid),
                    failure.getMessage());
        }
        next = steps.schedule(delay, () -> pay(unpaid));
    }

    private static CrynuxException crynuxException(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return cause instanceof CrynuxException known
                ? known
                : new CrynuxException("The task was not paid: " + cause + ". Nothing was spent", cause);
    }

    /** Why nothing could be paid so far, or null. */
    CrynuxException trouble() {
        return trouble;
    }

    /** Nothing is tried again; what is under way goes on. */
    void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
