// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.vrf;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * The verifiable random function of today's Relay protocol (section 3.1): draft-irtf-cfrg-vrf-06 over secp256k1 with SHA-256,
 * try-and-increment and the private suite number 0xFE, as the Go library vechain/go-ecvrf has it. It is not RFC 9381: no zero
 * byte ends what is hashed, the public key is no part of the challenge, and the nonce is the one of RFC 6979 over SHA-256 of
 * the hashed point.
 *
 * <p>What depends on the key runs in constant time as far as Bouncy Castle does so, which is best effort in Java: points
 * are multiplied by table look-ups that do not depend on it, while numbers are {@link BigInteger}s, whose time does. If attackers
 * can measure the process, use an external prover.
 */
public final class Vrf {
    /** Length of a proof: a compressed point, the challenge and a number below the curve's order. */
    public static final int PROOF_BYTES = 81;

    private static final int POINT_BYTES = 33;
    private static final int CHALLENGE_BYTES = 16;
    private static final byte SUITE = (byte) 0xFE;
    private static final byte HASH_TO_CURVE = 1;
    private static final byte CHALLENGE = 2;
    private static final byte PROOF_TO_HASH = 3;
    private static final byte EVEN_Y = 2;
    private static final int TRIES = 256;
    private static final BigInteger ORDER = Secp256k1.CURVE.getN();

    private Vrf() {}

    /**
     * Computes the proof of the function's value.
     *
     * @param privateKey greater than 0 and less than the curve's order
     * @param alpha the input of the function
     * @return 81 bytes
     */
    public static byte[] prove(BigInteger privateKey, byte[] alpha) {
        ECPoint publicKey = Secp256k1.times(privateKey, Secp256k1.CURVE.getG());
        ECPoint hashed = hashToCurve(publicKey, alpha);
        ECPoint gamma = Secp256k1.times(privateKey, hashed);
        HMacDSAKCalculator nonces = new HMacDSAKCalculator(new SHA256Digest());
        nonces.init(ORDER, privateKey, sha256(encoded(hashed)));
        BigInteger nonce = nonces.nextK();
        byte[] challenge = challenge(
                hashed, gamma, Secp256k1.times(nonce, Secp256k1.CURVE.getG()), Secp256k1.times(nonce, hashed));
        BigInteger response =
                nonce.add(new BigInteger(1, challenge).multiply(privateKey)).mod(ORDER);
        return joined(encoded(gamma), challenge, BigIntegers.asUnsignedByteArray(Secp256k1.WORD_BYTES, response));
    }

    /**
     * Whether a proof is valid, as the Relay checks it; false also for other bytes.
     *
     * @param publicKey both coordinates, 64 bytes
     * @param alpha the input of the function
     */
    public static boolean verify(byte[] publicKey, byte[] alpha, byte[] proof) {
        if (proof.length != PROOF_BYTES) {
            return false;
        }
        ECPoint key;
        ECPoint gamma;
        try {
            key = Secp256k1.ofCoordinates(publicKey);
            gamma = Secp256k1.ofCompressed(Arrays.copyOf(proof, POINT_BYTES));
        } catch (IllegalArgumentException e) {
            return false;
        }
        byte[] challenge = Arrays.copyOfRange(proof, POINT_BYTES, POINT_BYTES + CHALLENGE_BYTES);
        BigInteger response = new BigInteger(1, Arrays.copyOfRange(proof, POINT_BYTES + CHALLENGE_BYTES, PROOF_BYTES));
        if (response.compareTo(ORDER) >= 0) {
            return false;
        }
        BigInteger minusChallenge = ORDER.subtract(new BigInteger(1, challenge)).mod(ORDER);
        ECPoint hashed = hashToCurve(key, alpha);
        ECPoint u = ECAlgorithms.sumOfTwoMultiplies(Secp256k1.CURVE.getG(), response, key, minusChallenge)
                .normalize();
        ECPoint v = ECAlgorithms.sumOfTwoMultiplies(hashed, response, gamma, minusChallenge)
                .normalize();
        // The point at infinity has no compressed form, and no honest nonce leads to it.
        return !u.isInfinity() && !v.isInfinity() && Arrays.equals(challenge, challenge(hashed, gamma, u, v));
    }

    /**
     * The function's value, "beta", of a proof that holds.
     *
     * @return 32 bytes
     * @throws IllegalArgumentException when the proof has another length than 81 bytes, or does not begin with a point
     */
    public static byte[] beta(byte[] proof) {
        if (proof.length != PROOF_BYTES) {
            throw new IllegalArgumentException("a VRF proof has " + PROOF_BYTES + " bytes, not " + proof.length);
        }
        byte[] gamma = Arrays.copyOf(proof, POINT_BYTES);
        try {
            Secp256k1.ofCompressed(gamma);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a VRF proof begins with a compressed point of the curve secp256k1", e);
        }
        return sha256(new byte[] {SUITE, PROOF_TO_HASH}, gamma);
    }

    private static ECPoint hashToCurve(ECPoint publicKey, byte[] alpha) {
        byte[] key = encoded(publicKey);
        for (int counter = 0; counter < TRIES; counter++) {
            byte[] x = sha256(new byte[] {SUITE, HASH_TO_CURVE}, key, alpha, new byte[] {(byte) counter});
            try {
                return Secp256k1.ofCompressed(joined(new byte[] {EVEN_Y}, x));
            } catch (IllegalArgumentException e) {
                // Half of all numbers are the x of no point; the next counter gives another one.
            }
        }
        throw new IllegalArgumentException("none of " + TRIES + " hashes is the x of a point");
    }

    private static byte[] challenge(ECPoint hashed, ECPoint gamma, ECPoint u, ECPoint v) {
        byte[] hash = sha256(new byte[] {SUITE, CHALLENGE}, encoded(hashed), encoded(gamma), encoded(u), encoded(v));
        return Arrays.copyOf(hash, CHALLENGE_BYTES);
    }

    private static byte[] encoded(ECPoint point) {
        return point.getEncoded(true);
    }

    private static byte[] joined(byte[]... parts) {
        return org.bouncycastle.util.Arrays.concatenate(parts);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(joined(parts));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
