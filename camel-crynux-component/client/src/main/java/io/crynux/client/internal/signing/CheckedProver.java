// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.signing;

import io.crynux.client.error.SignerException;
import io.crynux.client.internal.async.Futures;
import io.crynux.client.internal.text.ForeignText;
import io.crynux.client.wallet.VrfProof;
import io.crynux.client.wallet.VrfProver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/**
 * Calls a prover on the executor, with a timeout. Returns only valid proofs of the wallet's key; everything else becomes a
 * {@link SignerException}.
 */
public final class CheckedProver {
    private final VrfProver prover;
    private final byte[] publicKey;
    private final String address;
    private final Executor executor;
    private final ScheduledExecutorService scheduler;

    /**
     * @param address of the wallet, {@code 0x} and 40 hex digits in any case
     * @param executor calls the prover, which may block
     * @param scheduler ends a call after the timeout
     * @throws IllegalArgumentException if the prover has another key than the wallet
     */
    public CheckedProver(VrfProver prover, String address, Executor executor, ScheduledExecutorService scheduler) {
        this.prover = prover;
        this.publicKey = prover.publicKey().clone();
        this.address = address;
        this.executor = executor;
        this.scheduler = scheduler;
        if (!Numeric.toHexString(Keys.getAddress(publicKey)).equalsIgnoreCase(address)) {
            throw new IllegalArgumentException("The public key of the VRF prover does not belong to the wallet "
                    + address + ". Use a prover with the key of the signer");
        }
    }

    /** Both coordinates, 64 bytes. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Proves the function's value for an input. Fails with a {@link SignerException}, after 30 seconds at the latest. */
    public CompletableFuture<VrfProof> prove(byte[] alpha) {
        CompletableFuture<VrfProof> checked = new CompletableFuture<>();
        // On the timer's thread, because the prover may block all threads of the executor.
        Future<?> deadline = scheduler.schedule(
                () -> checked.completeExceptionally(
                        failed("did not answer within " + CheckedSigner.TIMEOUT.toSeconds() + " s", null)),
                CheckedSigner.TIMEOUT.toMillis(),
                TimeUnit.MILLISECONDS);
        checked.whenComplete((proof, error) -> deadline.cancel(false));
        executor.execute(() -> ask(alpha, checked));
        return checked;
    }

    private void ask(byte[] alpha, CompletableFuture<VrfProof> checked) {
        if (checked.isDone()) {
            return;
        }
        try {
            CompletionStage<VrfProof> asked = prover.prove(alpha.clone());
            if (asked == null) {
                checked.completeExceptionally(failed("returned null instead of a CompletionStage", null));
            } else {
                asked.whenCompleteAsync((proof, error) -> check(alpha, proof, error, checked), executor);
            }
        } catch (Throwable e) {
            // Also errors, such as the NoClassDefFoundError of a missing library.
            checked.completeExceptionally(threw(e));
        }
    }

    private void check(byte[] alpha, VrfProof proof, Throwable error, CompletableFuture<VrfProof> checked) {
        if (error != null) {
            checked.completeExceptionally(threw(error));
        } else if (proof == null) {
            checked.completeExceptionally(failed("returned null instead of a proof", null));
        } else if (!proof.isBy(publicKey, alpha)) {
            checked.completeExceptionally(failed("returned a proof of another input or by another key", null));
        } else {
            checked.complete(proof);
        }
    }

    private SignerException threw(Throwable error) {
        Throwable cause = Futures.cause(error);
        return failed("failed: " + ForeignText.shown(cause.toString()), cause);
    }

    private SignerException failed(String what, Throwable cause) {
        return new SignerException("The VRF prover of " + address + " " + what, cause);
    }
}
