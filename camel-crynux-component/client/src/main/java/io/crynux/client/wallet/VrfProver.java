// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import java.util.concurrent.CompletionStage;

/**
 * Computes the verifiable random function of a wallet's key, with which the current Relay protocol decides whether other nodes
 * compute a task, too. The signers of {@link Wallets} are also provers.
 *
 * <p>The function is ECVRF as in draft-irtf-cfrg-vrf-06 (not RFC 9381) over secp256k1 with SHA-256, try-and-increment and
 * the suite number 0xFE. It differs from signing: a signature of {@link Signer} cannot replace it, so a key in an HSM or KMS
 * needs a prover of its own.
 *
 * <p>As with a {@link Signer}, implementations must be thread-safe, may block, and must not show the key in {@code toString} or
 * exceptions.
 */
public interface VrfProver {

    /** The public key: both coordinates, 64 bytes, without the leading 04. It belongs to the wallet's address. */
    byte[] publicKey();

    /**
     * Computes the function's value with its proof.
     *
     * @param alpha the input of the function
     */
    CompletionStage<VrfProof> prove(byte[] alpha);
}
