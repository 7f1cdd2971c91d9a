// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.engine;

import io.crynux.client.journal.Payment;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the payment of a task gets into a block: has it watched, and sends it again while it is in none. Used on
 * the engine's loop only.
 */
final class PaymentKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentKeeper.class);

    private final TaskEngine engine;
    private final Supplier<List<Payment>> payments;
    private ScheduledFuture<?> timer;

    /** @param payments every payment that was signed for the attempt so far */
    PaymentKeeper(TaskEngine engine, Supplier<List<Payment>> payments) {
        this.engine = engine;
        this.payments = payments;
    }

    /** The payment may be known to the network, and is in no block. */
    void keep() {
        payments.get().forEach(payment -> engine.network.watch(payment, true));
        resendLater();
    }

    /** The payment is in a block, or can no longer be, although not yet for good. It stays watched. */
    void pause() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** It is clear what became of the payment. */
    void settled() {
        pause();
        payments.get().forEach(payment -> engine.network.watch(payment, false));
    }

    private void resendLater() {
        pause();
        timer = engine.schedule(engine.settings.resendInterval(), () -> {
            resend();
            resendLater();
        });
    }

    void resend() {
        for (Payment payment : payments.get()) {
            engine.network.resend(payment).whenComplete((sent, error) -> {
                if (error != null) {
                    LOG.debug("Sending {} again was answered with {}", payment, error.toString());
                }
            });
        }
    }
}
