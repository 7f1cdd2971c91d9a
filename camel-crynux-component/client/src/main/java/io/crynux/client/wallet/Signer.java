// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import java.util.concurrent.CompletionStage;

/**
 * Signs for one address. Implement it to keep the key elsewhere (HSM, KMS); {@link Wallets} has the local ones.
 *
 * <p>Implementations are thread-safe, may block (they are never called on I/O or timer threads) and show the key neither
 * in {@code toString} nor in exceptions.
 *
 * <p>What they return is checked before anything leaves: a signature by another key or of another hash is not used. One
 * that takes more than 30 seconds is not waited for. While a payment is being signed, the wallet's other payments wait.
 */
public interface Signer {

    /** The address whose key signs: {@code 0x} and 40 hex digits, in any case. It does not change. */
    String address();

    /**
     * Signs a hash as it is, without any prefix and without hashing it again.
     *
     * @param hash 32 bytes
     * @return completes with the signature, at once ({@code CompletableFuture.completedFuture}) or later, on any thread. Where
     *     it fails, or this method throws, a payment fails with a {@link io.crynux.client.error.SignerException} and
     *     nothing is sent; a request for a task that is paid is signed again later, until the task's deadline
     */
    CompletionStage<Signature> sign(byte[] hash);
}
