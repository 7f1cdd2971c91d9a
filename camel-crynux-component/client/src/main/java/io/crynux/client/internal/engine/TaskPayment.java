// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.engine;

import io.crynux.client.error.CrynuxException;
import io.crynux.client.journal.Payment;
import io.crynux.client.journal.TaskRecord;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The payment of one task: counted, journaled and sent, in this order, and kept on its way. Used on the engine's loop only. */
final class TaskPayment implements PaymentKeeper.Owner {
    private final TaskEngine engine;
    private final TaskRun run;
    private final PaymentAttempts attempts;
    private final PaymentKeeper keeper;
    /** What the newest payment can take out of the wallet, in wei. */
    private volatile BigInteger most = BigInteger.ZERO;

    TaskPayment(TaskEngine engine, TaskRun run) {
        this.engine = engine;
        this.run = run;
        this.attempts = new PaymentAttempts(engine, run.steps(), this::beforeVariant, this::beforeSend, run);
        this.keeper = new PaymentKeeper(engine, run.steps(), this);
    }

    /**
     * Pays; the run is informed.
     *
     * @param only gives the one nonce that the payment may have, or null for any
     */
    void make(Supplier<BigInteger> only) {
        attempts.pay(run.record(), only);
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
        engine.network.watchRefused(payments());
        engine.budget.settle(run.record(), BigInteger.ZERO);
    }

    /** It was refused, and is in a block all the same. */
    void paidAfterAll() {
        engine.budget.settle(run.record(), run.record().signing().mostWei());
    }

    /**
     * What holds it up while it is in no block, as far as is known, as a sentence with a blank before; empty where nothing is
     * known.
     */
    String obstacle() {
        return payments().isEmpty()
                ? ""
                : TaskErrors.obstacle(
                        engine.network.missingNonce(),
                        payments().get(0).nonce(),
                        engine.network.objectionTo(payments().get(0).nonce()));
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
        engine.budget.reserve(run.record().order().key(), mostWei);
        most = mostWei;
    }

    /** Called by whoever signs, on any thread. */
    private CompletionStage<Void> beforeSend(Payment payment) {
        return engine.loop.compose(() -> onSigned(payment));
    }

    /** The transaction leaves when the returned stage has completed. */
    private CompletionStage<Void> onSigned(Payment payment) {
        TaskRecord record = run.record();
        if (record.state().isEnd()) {
            return CompletableFuture.failedFuture(new CancellationException("the task ended before it was paid"));
        }
        if (engine.isStopping()) {
            return CompletableFuture.failedFuture(TaskErrors.shutdown(record));
        }
        TaskRecord signed = record.signed(payment, engine.signing(most));
        TaskLog.state(signed);
        return write(payment, signed);
    }

    @Override
    public CompletionStage<Void> onVariant(Payment variant) {
        return run.isPaymentSettled()
                ? CompletableFuture.failedFuture(new CancellationException("the payment is in a block by now"))
                : write(variant, run.record().variant(variant, most));
    }

    private CompletionStage<Void> write(Payment payment, TaskRecord record) {
        run.paying(record);
        CompletionStage<Void> written = engine.journal().write(record);
        engine.tasks.rememberPayment(payment.transactionHash(), run);
        return written;
    }

    @Override
    public List<Payment> payments() {
        return run.record().payments();
    }

    @Override
    public void onOverdue() {
        run.onPaymentOverdue();
    }
}
