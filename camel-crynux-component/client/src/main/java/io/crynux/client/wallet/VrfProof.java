// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import io.crynux.client.internal.vrf.Vrf;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The value of a wallet's verifiable random function for some input, with its proof. Immutable; two are equal if their bytes
 * are equal.
 */
public final class VrfProof {
    private final byte[] bytes;
    private final byte[] beta;

    private VrfProof(byte[] bytes) {
        this.bytes = bytes.clone();
        this.beta = Vrf.beta(bytes);
    }

    /**
     * The proof with these bytes. The client verifies it before it uses it.
     *
     * @param proof 81 bytes: a compressed point, the challenge (16 bytes) and a number below the curve's order (32 bytes)
     * @throws IllegalArgumentException if it has another length, or does not begin with a point
     */
    public static VrfProof of(byte[] proof) {
        return new VrfProof(proof);
    }

    /** The 81 bytes of the proof, "pi". */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The 32 bytes of the value, "beta". */
    public byte[] beta() {
        return beta.clone();
    }

    /** The value as a number, from 0 to 2^256 - 1. */
    public BigInteger number() {
        return new BigInteger(1, beta);
    }

    /**
     * Whether this is the proof of a key for some input.
     *
     * @param publicKey both coordinates, 64 bytes
     * @param alpha the input of the function
     */
    public boolean isBy(byte[] publicKey, byte[] alpha) {
        return Vrf.verify(publicKey, alpha, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VrfProof proof && Arrays.equals(bytes, proof.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Without the proof, which stays with the wallet until the network asks for it. */
    @Override
    public String toString() {
        return "VrfProof[" + bytes.length + " bytes]";
    }
}
