// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import java.util.concurrent.CompletionStage;

/**
 * Computes the verifiable random function of a wallet's key, by which the Relay protocol of today decides whether a task is
 * computed a second time. The signers of {@link Wallets} are provers, too.
 *
 * <p>The function is ECVRF as in draft-irtf-cfrg-vrf-06 (not RFC 9381) over secp256k1 with SHA-256, try-and-increment and
 * the suite number 0xFE. It is an operation of its own: a signature of {@link Signer} cannot take its place, so a key in an
 * HSM or KMS needs one that computes it.
 *
 * <p>As with a {@link Signer}, implementations are thread-safe, may block (they are never called on I/O or timer threads) and
 * show the key neither in {@code toString} nor in exceptions.
 */
public interface VrfProver {

    /** The public key: both coordinates, 64 bytes, without the leading 04. It is the one of the wallet's address. */
    byte[] publicKey();

    /**
     * Proves what the function's value is.
     *
     * @param alpha what the value is of
     */
    CompletionStage<VrfProof> prove(byte[] alpha);
}
