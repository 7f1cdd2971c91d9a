// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.Payment;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the network to give a task up, as soon as that is allowed. Used on the engine's loop only. */
final class TaskCancellation {
    private static final Logger LOG = LoggerFactory.getLogger(TaskCancellation.class);

    private final TaskEngine engine;
    private final BooleanSupplier wanted;
    private CompletableFuture<Payment> asked = CompletableFuture.completedFuture(null);

    /** @param wanted whether the task is still to be given up */
    TaskCancellation(TaskEngine engine, BooleanSupplier wanted) {
        this.engine = engine;
        this.wanted = wanted;
    }

    /** @param beforeSend makes the transaction survive a crash before it leaves */
    void start(BigInteger taskId, Function<Payment, CompletionStage<Void>> beforeSend) {
        CompletableFuture<Payment> cancellation = engine.network.cancel(taskId, most -> {}, beforeSend);
        asked = cancellation;
        cancellation.whenCompleteAsync(
                (payment, error) -> {
                    if (error == null) {
                        LOG.info("Task {}: cancelTask sent in {}", taskId, payment.transactionHash());
                        keep(payment);
                    } else if (!cancellation.isCancelled()) {
                        LOG.warn("Task {} was to be cancelled after its time-out: {}", taskId, error.toString());
                    }
                },
                engine.loop);
    }

    /** An earlier process asked for it by that transaction. */
    void resume(Payment payment) {
        engine.network.occupy(payment);
        keep(payment);
    }

    /** A transaction that got lost would block the wallet's later ones. */
    private void keep(Payment payment) {
        engine.schedule(engine.settings.payments().resendInterval(), () -> {
            if (wanted.getAsBoolean()) {
                engine.network
                        .resend(payment)
                        .whenComplete((sent, error) -> LOG.debug("Sending {} again: {}", payment, error));
                keep(payment);
            }
        });
    }

    void stop() {
        asked.cancel(false);
    }
}
