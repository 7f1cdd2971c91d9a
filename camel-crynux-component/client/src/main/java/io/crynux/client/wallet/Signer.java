// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import java.util.concurrent.CompletionStage;

/**
 * Signs for one address. Implement it to keep the key elsewhere (HSM, KMS); {@link Wallets} has the local ones.
 *
 * <p>Implementations must be thread-safe and must not show the key in {@code toString} or exceptions. They may block, because
 * the client never calls them on I/O or timer threads.
 *
 * <p>The client checks each signature before it sends anything, and does not use one by another key or of another hash. It waits
 * at most 30 seconds. While a payment is being signed, the wallet's other payments wait.
 */
public interface Signer {

    /** The address whose key signs: {@code 0x} and 40 hex digits, in any case. It does not change. */
    String address();

    /**
     * Signs a hash, without a prefix and without hashing it again.
     *
     * @param hash 32 bytes
     * @return completes with the signature, at once ({@code CompletableFuture.completedFuture}) or later, on any thread. If it
     *     fails, or this method throws, a payment fails with a {@link io.crynux.client.error.SignerException} and nothing is
     *     sent; a request for a paid task is signed again later, until the task's timeout
     */
    CompletionStage<Signature> sign(byte[] hash);
}
