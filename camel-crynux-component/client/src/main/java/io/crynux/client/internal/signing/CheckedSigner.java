// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.signing;

import io.crynux.client.error.SignerException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.wallet.Signature;
import io.crynux.client.wallet.Signer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has a signer sign, on the executor, and gives up on it in the end. Only signatures that are by the signer's key and of the
 * right hash come out; everything else is a {@link SignerException}, and nothing of it leaves.
 */
public final class CheckedSigner {
    /** Half the minute for which the Relay takes a signature (classic protocol, section 2); an older one would be useless there. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final Signer signer;
    private final String address;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    /**
     * @param executor calls the signer, which may block
     * @param scheduler gives up on it
     */
    public CheckedSigner(Signer signer, Executor executor, ScheduledExecutorService scheduler) {
        this.signer = signer;
        this.address = signer.address();
        this.executor = executor;
        this.scheduler = scheduler;
    }

    /**
     * Signs a hash as it is. Fails with a {@link SignerException}, after 30 seconds at the latest.
     *
     * @param hash 32 bytes
     */
    public CompletableFuture<Signature> sign(byte[] hash) {
        CompletableFuture<Signature> checked = new CompletableFuture<>();
        // On the timer's thread, since those of the executor may all be in the signer.
        Future<?> patience = scheduler.schedule(() -> giveUp(checked), LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        checked.whenComplete((signature, error) -> patience.cancel(false));
        executor.execute(() -> ask(hash, checked));
        return checked;
    }

    private void giveUp(CompletableFuture<Signature> checked) {
        checked.completeExceptionally(failed("did not answer within " + LONGEST.toSeconds() + " s", null));
    }

    private void ask(byte[] hash, CompletableFuture<Signature> checked) {
        if (checked.isDone()) {
            return;
        }
        try {
            CompletionStage<Signature> asked = signer.sign(hash.clone());
            if (asked == null) {
                checked.completeExceptionally(failed("returned null in place of a stage", null));
            } else {
                Thread ours = Thread.currentThread();
                // At once where it is complete; else whoever completes it is not to do our work.
                asked.whenComplete((signature, error) -> {
                    if (Thread.currentThread() == ours) {
                        check(hash, signature, error, checked);
                    } else {
                        executor.execute(() -> check(hash, signature, error, checked));
                    }
                });
            }
        } catch (Throwable e) {
            // Errors too, such as the NoClassDefFoundError of a library that is not there.
            checked.completeExceptionally(threw(e));
        }
    }

    private void check(byte[] hash, Signature signature, Throwable error, CompletableFuture<Signature> checked) {
        if (error != null) {
            checked.completeExceptionally(threw(error));
        } else if (signature == null) {
            checked.completeExceptionally(failed("returned null in place of a signature", null));
        } else if (!signature.isBy(hash, address)) {
            checked.completeExceptionally(failed(
                    "returned a signature that is not of the given hash by the key of this address. Check the key, and"
                            + " that it signs the 32 bytes as they are, as a digest",
                    null));
        } else {
            checked.complete(signature);
        }
    }

    private SignerException threw(Throwable error) {
        Throwable cause = Futures.cause(error);
        return failed("failed: " + ForeignText.shown(cause.toString()), cause);
    }

    private SignerException failed(String what, Throwable cause) {
        return new SignerException("The signer of " + address + " " + what + ". Nothing was sent", cause);
    }
}
