// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.error.NetworkException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.retry.RetriedCall;
import io.crynux.client.internal.retry.Retry;
import io.crynux.client.internal.retry.RetryPolicy;
import io.crynux.client.internal.retry.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    private static final RetryPolicy AGAIN =
            RetryPolicy.of(Duration.ofMillis(500), Duration.ofSeconds(30)).warningAt(1);

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
    /** Null before the first try. */
    private Retry<SendOutcome> retry;
    /** Why nothing could be paid so far, or null. */
    private volatile CrynuxException trouble;

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
        retry = Retry.start(new Paying(unpaid, only), steps::schedule, protocol.loop::nanoTime);
        steps.after(retry.future(), (outcome, error) -> {
            if (error != null) {
                payer.onUnpaid(crynuxException(error));
            } else if (outcome.refusal() != null) {
                payer.onRefused(outcome.refusal());
            } else {
                payer.onPaid(outcome.doubtful());
            }
        });
    }

    /** The payment of one task. */
    private final class Paying implements RetriedCall<SendOutcome> {
        private final ChainRecord unpaid;
        private final Supplier<BigInteger> only;

        Paying(ChainRecord unpaid, Supplier<BigInteger> only) {
            this.unpaid = unpaid;
            this.only = only;
        }

        @Override
        public Logger log() {
            return LOG;
        }

        @Override
        public String what() {
            return "paying " + ChainFailures.name(unpaid);
        }

        @Override
        public String warning(int failures, String why) {
            return ChainFailures.name(unpaid) + " cannot be paid now, trying again until its deadline: "
                    + trouble.getMessage();
        }

        @Override
        public CompletableFuture<SendOutcome> attempt() {
            return protocol.network.pay(unpaid.order(), only.get(), beforeSign, beforeSend);
        }

        @Override
        public Verdict<SendOutcome> judge(SendOutcome outcome, Throwable error) {
            if (error == null) {
                return new Verdict.Done<>(outcome);
            }
            if (!(error instanceof NetworkException passing)) {
                return new Verdict.Failed<>(error);
            }
            trouble = passing;
            return Verdict.again(AGAIN, passing);
        }
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
        if (retry != null) {
            retry.stop();
        }
    }
}
