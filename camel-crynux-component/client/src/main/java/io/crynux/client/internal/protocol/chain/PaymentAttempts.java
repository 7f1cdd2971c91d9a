// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.settings.Backoff;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays for a task, again and again while the network cannot be asked for what a payment needs: trouble that may pass is no
 * reason to fail before the deadline. Used on the engine's loop only.
 */
final class PaymentAttempts {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentAttempts.class);
    private static final Backoff AGAIN = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** Who is informed of the outcome. */
    interface Payer {
        /**
         * The payment may be known to the network.
         *
         * @param doubtful see {@link SendOutcome}
         */
        void onPaid(boolean doubtful);

        /** The payment has left, and the network has proven that it does not have it. */
        void onRefused(CrynuxException refusal);

        /** Nothing has left, for that reason. */
        void onUnpaid(CrynuxException error);
    }

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Consumer<BigInteger> beforeSign;
    private final Function<Payment, CompletionStage<Void>> beforeSend;
    private int failures;
    private boolean stopped;
    private ScheduledFuture<?> next;
    private CrynuxException trouble;

    /**
     * @param beforeSign see {@link ClassicNetwork#pay}
     * @param beforeSend see there
     */
    PaymentAttempts(
            ChainProtocol protocol,
            Steps steps,
            Consumer<BigInteger> beforeSign,
            Function<Payment, CompletionStage<Void>> beforeSend) {
        this.protocol = protocol;
        this.steps = steps;
        this.beforeSign = beforeSign;
        this.beforeSend = beforeSend;
    }

    /**
     * @param only gives the one nonce that the payment may have, or null for any
     * @param payer is informed of the outcome
     */
    void pay(ChainRecord unpaid, Supplier<BigInteger> only, Payer payer) {
        steps.after(
                protocol.network.pay(unpaid.order(), only.get(), beforeSign, beforeSend),
                (outcome, error) -> onAnswer(unpaid, only, payer, outcome, error));
    }

    private void onAnswer(
            ChainRecord unpaid, Supplier<BigInteger> only, Payer payer, SendOutcome outcome, Throwable error) {
        if (error == null && outcome.refusal() == null) {
            payer.onPaid(outcome.doubtful());
            return;
        }
        if (error == null) {
            payer.onRefused(outcome.refusal());
            return;
        }
        CrynuxException failure = crynuxException(error);
        if (!(failure instanceof NetworkException) || stopped) {
            payer.onUnpaid(failure);
            return;
        }
        trouble = failure;
        Duration delay = AGAIN.delay(failures++);
        if (failures == 1) {
            LOG.warn(
                    "{} cannot be paid now, trying again until its deadline: {}",
                    ChainFailures.name(unpaid),
                    failure.getMessage());
        }
        next = steps.schedule(delay, () -> pay(unpaid, only, payer));
    }

    private static CrynuxException crynuxException(Throwable error) {
        Throwable cause = Futures.cause(error);
        if (cause instanceof Error || cause.getCause() instanceof Error) {
            LOG.error(
                    "A payment failed because of a bug in the client, or in a signer, journal or observer that it was given",
                    cause);
        }
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
