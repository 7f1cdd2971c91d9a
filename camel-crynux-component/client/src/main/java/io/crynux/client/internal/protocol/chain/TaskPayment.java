// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.internal.protocol.Change;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The payment of one task: counted, journaled and sent, in this order, and kept on its way. Used on the engine's loop only. */
final class TaskPayment implements PaymentKeeper.Owner {
    private final ChainProtocol protocol;
    private final ChainAttempt attempt;
    private final PaymentAttempts attempts;
    private final PaymentKeeper keeper;
    /** What the newest payment can take out of the wallet, in wei. */
    private volatile BigInteger most = BigInteger.ZERO;

    TaskPayment(ChainProtocol protocol, ChainAttempt attempt) {
        this.protocol = protocol;
        this.attempt = attempt;
        this.attempts = new PaymentAttempts(protocol, attempt.steps(), this::beforeVariant, this::beforeSend);
        this.keeper = new PaymentKeeper(protocol, attempt.steps(), this);
    }

    /**
     * Pays, and reports the outcome.
     *
     * @param only gives the one nonce that the payment may have, or null for any
     */
    void make(Supplier<BigInteger> only, PaymentAttempts.Payer payer) {
        attempts.pay(attempt.record(), only, payer);
    }

    /** Nothing more is tried to pay; what is on its way stays there. */
    void stopTrying() {
        attempts.stop();
    }

    /** Why nothing could be paid so far, or null. */
    CrynuxException trouble() {
        return attempts.trouble();
    }

    /**
     * It may be known to the network, and is in no block.
     *
     * @param doubtful whether the network may not have it, so that it is sent again soon
     */
    void keep(boolean doubtful) {
        keeper.keep(doubtful);
    }

    /** It left and was refused: it costs nothing as long as it is in no block, and is only watched. */
    void refused() {
        keeper.pause();
        protocol.network.watchRefused(payments());
        protocol.context.settle(attempt.record().task(), BigInteger.ZERO);
    }

    /** It was refused, and is in a block all the same. */
    void paidAfterAll() {
        protocol.context.settle(
                attempt.record().task(), attempt.record().spending().mostWei());
    }

    /**
     * What holds it up while it is in no block, as far as is known, as a sentence with a blank before; empty where nothing is
     * known.
     */
    String obstacle() {
        return payments().isEmpty()
                ? ""
                : ChainFailures.obstacle(
                        protocol.network.missingNonce(),
                        payments().get(0).nonce(),
                        protocol.network.objectionTo(payments().get(0).nonce()));
    }

    /** It is in no block, and may have got lost. */
    void sendAgain() {
        keeper.keep(false);
        keeper.resend();
    }

    /** It is in a block, or can no longer be, although not yet for good. */
    void pause() {
        keeper.pause();
    }

    /** It is clear what became of it. */
    void settled() {
        keeper.settled();
    }

    /** Called where the payment is made, not on the loop. */
    @Override
    public void beforeVariant(BigInteger mostWei) {
        attempt.context().checkBudget(mostWei);
        most = mostWei;
    }

    /** Called by whoever signs, on any thread. */
    private CompletionStage<Void> beforeSend(Payment payment) {
        return protocol.loop.compose(() -> onSigned(payment));
    }

    /** The transaction leaves when the returned stage has completed. */
    private CompletionStage<Void> onSigned(Payment payment) {
        return commit(payment, attempt.record().signed(payment, most, protocol.headNumber()));
    }

    @Override
    public CompletionStage<Void> onVariant(Payment variant) {
        return attempt.isPaymentOpen()
                ? commit(variant, attempt.record().variant(variant, most))
                : CompletableFuture.failedFuture(new CancellationException("the payment is in a block meanwhile"));
    }

    private CompletionStage<Void> commit(Payment payment, Change change) {
        CompletionStage<Void> committed = attempt.context().commit(change);
        // Not where the engine has refused it: then it does not leave.
        if (attempt.isPaidBy(payment.transactionHash())) {
            protocol.tasks.rememberPayment(payment.transactionHash(), attempt);
        }
        return committed;
    }

    @Override
    public List<Payment> payments() {
        return attempt.record().payments();
    }

    @Override
    public void onOverdue() {
        attempt.onPaymentOverdue();
    }
}
