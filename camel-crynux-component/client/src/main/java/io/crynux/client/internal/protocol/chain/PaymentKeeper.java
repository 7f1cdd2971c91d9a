// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.chain;

import io.crynux.client.internal.async.Steps;
import io.crynux.client.internal.evm.Payment;
import io.crynux.client.settings.EngineSettings.PaymentSettings;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a transaction of the wallet alive until its nonce is used: has all its variants watched, sends the newest again, and
 * replaces it with a higher gas price, while none is in a block. One for each payment, cancelTask and transfer that fills a
 * missing nonce. Used on the engine's loop only.
 */
final class PaymentKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentKeeper.class);
    /** How soon a payment is sent again that the network may not have. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Whose transaction it is. */
    interface Owner {
        /** Every variant that was signed so far, the newest last. */
        List<Payment> payments();

        /** Another variant would take up to so much out of the wallet; it is not signed when this throws. */
        void beforeVariant(BigInteger mostWei);

        /** Another variant was signed; it leaves when the stage has completed. */
        CompletionStage<Void> onVariant(Payment variant);

        /** The payment is in no block although time is up. It stays watched. */
        void onOverdue();
    }

    private final ChainProtocol protocol;
    private final Steps steps;
    private final Owner owner;
    private final List<ScheduledFuture<?>> timers = new ArrayList<>();

    PaymentKeeper(ChainProtocol protocol, Steps steps, Owner owner) {
        this.protocol = protocol;
        this.steps = steps;
        this.owner = owner;
    }

    /**
     * The payment may be known to the network, and is in no block.
     *
     * @param doubtful whether it may not be known, so that it is sent again soon
     */
    void keep(boolean doubtful) {
        pause();
        protocol.network.watch(owner.payments(), true);
        PaymentSettings settings = protocol.settings.payments();
        if (doubtful && SOON.compareTo(settings.resendInterval()) < 0) {
            timers.add(steps.schedule(SOON, this::resend));
        }
        repeat(settings.resendInterval(), this::resend);
        if (!settings.replaceAfter().isZero()) {
            repeat(settings.replaceAfter(), this::replace);
        }
        if (!settings.transactionTimeout().isZero()) {
            timers.add(steps.schedule(settings.transactionTimeout(), owner::onOverdue));
        }
    }

    /** The payment is in a block, or can no longer be, although not yet for good. It stays watched. */
    void pause() {
        // One that could not be scheduled is not there.
        timers.stream().filter(Objects::nonNull).forEach(timer -> timer.cancel(false));
        timers.clear();
    }

    /** It is clear what became of the payment. */
    void settled() {
        pause();
        protocol.network.watch(owner.payments(), false);
    }

    private void repeat(Duration interval, Runnable step) {
        int place = timers.size();
        timers.add(null);
        again(place, interval, step);
    }

    private void again(int place, Duration interval, Runnable step) {
        ScheduledFuture<?>[] own = new ScheduledFuture<?>[1];
        own[0] = steps.schedule(interval, () -> {
            // A step that had begun to run when it was cancelled must not go on for ever.
            if (place < timers.size() && timers.get(place) == own[0]) {
                // First, since a step that fails is no reason to give up what is in no block.
                again(place, interval, step);
                step.run();
            }
        });
        timers.set(place, own[0]);
    }

    /** The newest variant; an older one only where the node takes no newer one. */
    void resend() {
        List<Payment> newestFirst = new ArrayList<>(owner.payments());
        Collections.reverse(newestFirst);
        resend(newestFirst);
    }

    private void resend(List<Payment> variants) {
        if (variants.isEmpty()) {
            return;
        }
        Payment payment = variants.get(0);
        protocol.network.resend(payment).whenComplete((sent, error) -> {
            if (error != null) {
                LOG.debug("Sending {} again was answered with {}", payment, error.toString());
                resend(variants.subList(1, variants.size()));
            }
        });
    }

    private void replace() {
        List<Payment> before = owner.payments();
        protocol.network
                .replace(before, owner::beforeVariant, variant -> protocol.loop.compose(() -> onVariant(variant)))
                .whenComplete((replaced, error) -> {
                    if (error != null) {
                        LOG.warn(
                                "{} is not in a block yet, and could not be replaced with a higher gas price: {}",
                                last(before),
                                error.toString());
                    } else if (replaced) {
                        LOG.info(
                                "{} was not in a block yet, and was replaced with a higher gas price and the same nonce",
                                last(before));
                    } else {
                        fillGap(before);
                        LOG.debug(
                                "{} is not in a block yet; it is not its turn to be replaced, or the price would exceed the limit",
                                last(before));
                    }
                });
    }

    /** Nothing is replaced while a lower nonce is missing: that one is due first. */
    private void fillGap(List<Payment> variants) {
        BigInteger missing = protocol.network.missingNonce();
        if (missing != null && missing.compareTo(variants.get(0).nonce()) < 0) {
            protocol.loop.execute(() -> steps.run(() -> GapFiller.fill(protocol)));
        }
    }

    private CompletionStage<Void> onVariant(Payment variant) {
        CompletionStage<Void> written = owner.onVariant(variant);
        protocol.network.watch(owner.payments(), true);
        return written;
    }

    private static Payment last(List<Payment> payments) {
        return payments.get(payments.size() - 1);
    }
}
