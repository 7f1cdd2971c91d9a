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
 * Calls a signer on the executor, with a timeout. Returns only signatures of the hash by the signer's key; everything else
 * becomes a {@link SignerException}.
 */
public final class CheckedSigner {
    /** Half the minute for which the Relay accepts a signature (classic protocol, section 2). */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Signer signer;
    private final String address;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    /**
     * @param executor calls the signer, which may block
     * @param scheduler ends a call after the timeout
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
        // On the timer's thread, because the signer may block all threads of the executor.
        Future<?> deadline = scheduler.schedule(() -> giveUp(checked), TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        checked.whenComplete((signature, error) -> deadline.cancel(false));
        executor.execute(() -> ask(hash, checked));
        return checked;
    }

    private void giveUp(CompletableFuture<Signature> checked) {
        checked.completeExceptionally(failed("did not answer within " + TIMEOUT.toSeconds() + " s", null));
    }

    private void ask(byte[] hash, CompletableFuture<Signature> checked) {
        if (checked.isDone()) {
            return;
        }
        try {
            CompletionStage<Signature> asked = signer.sign(hash.clone());
            if (asked == null) {
                checked.completeExceptionally(failed("returned null instead of a CompletionStage", null));
            } else {
                Thread ours = Thread.currentThread();
                // At once if it is complete; otherwise not on the thread that completes it.
                asked.whenComplete((signature, error) -> {
                    if (Thread.currentThread() == ours) {
                        check(hash, signature, error, checked);
                    } else {
                        executor.execute(() -> check(hash, signature, error, checked));
                    }
                });
            }
        } catch (Throwable e) {
            // Also errors, such as the NoClassDefFoundError of a missing library.
            checked.completeExceptionally(threw(e));
        }
    }

    private void check(byte[] hash, Signature signature, Throwable error, CompletableFuture<Signature> checked) {
        if (error != null) {
            checked.completeExceptionally(threw(error));
        } else if (signature == null) {
            checked.completeExceptionally(failed("returned null instead of a signature", null));
        } else if (!signature.isBy(hash, address)) {
            checked.completeExceptionally(failed(
                    "returned a signature of another hash or by another key. Check the key, and that it signs the 32"
                            + " bytes as a digest, without hashing them again",
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
