// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.web3j.crypto.Sign;

/**
 * Verifier of ECVRF-SECP256K1-SHA256-TAI of draft-irtf-cfrg-vrf-06 (not RFC 9381) with suite 0xFE, as vechain/go-ecvrf 96fa0442e765
 * implements it. The facts are pinned by vectors of that library.
 */
final class Vrf {
    /** Length of a proof: a compressed point, c and s. */
    static final int PROOF_LENGTH = 81;

    private static final byte SUITE = (byte) 0xfe;
    private static final byte HASH_TO_CURVE = 1;
    private static final byte CHALLENGE = 2;
    private static final byte OUTPUT = 3;
    private static final int POINT_LENGTH = 33;
    private static final int CHALLENGE_LENGTH = 16;
    private static final int TRIES = 256;

    private static final ECCurve CURVE = Sign.CURVE_PARAMS.getCurve();
    private static final ECPoint GENERATOR = Sign.CURVE_PARAMS.getG();

    private Vrf() {}

    /**
     * Verifies a proof.
     *
     * @param key a point of the curve other than infinity
     * @param alpha the message that the proof is about
     * @param proof of 81 bytes
     * @return beta, 32 bytes
     * @throws RequestRefusedException 500 {@code invalid point} or {@code invalid proof}; 500 without a body if c is 0, on which
     *     the library panics
     */
    static byte[] verify(ECPoint key, byte[] alpha, byte[] proof) throws RequestRefusedException {
        byte[] gammaBytes = Arrays.copyOfRange(proof, 0, POINT_LENGTH);
        ECPoint gamma = point(gammaBytes);
        if (gamma == null) {
            throw RequestRefusedException.failure("invalid point");
        }
        var c = new BigInteger(1, Arrays.copyOfRange(proof, POINT_LENGTH, POINT_LENGTH + CHALLENGE_LENGTH));
        // The library does not refuse s >= n; a scalar is reduced by the multiplication.
        var s = new BigInteger(1, Arrays.copyOfRange(proof, POINT_LENGTH + CHALLENGE_LENGTH, PROOF_LENGTH));
        if (c.signum() == 0) {
            throw RequestRefusedException.panic();
        }
        ECPoint h = hashToCurve(key, alpha);
        ECPoint u = GENERATOR.multiply(s).subtract(key.multiply(c));
        ECPoint v = h.multiply(s).subtract(gamma.multiply(c));
        byte[] challenge = sha256(new byte[] {SUITE, CHALLENGE}, bytes(h), gammaBytes, bytes(u), bytes(v));
        if (!c.equals(new BigInteger(1, Arrays.copyOf(challenge, CHALLENGE_LENGTH)))) {
            throw RequestRefusedException.failure("invalid proof");
        }
        return sha256(new byte[] {SUITE, OUTPUT}, gammaBytes);
    }

    private static ECPoint hashToCurve(ECPoint key, byte[] alpha) throws RequestRefusedException {
        byte[] keyBytes = bytes(key);
        for (int counter = 0; counter < TRIES; counter++) {
            byte[] hash = sha256(new byte[] {SUITE, HASH_TO_CURVE}, keyBytes, alpha, new byte[] {(byte) counter});
            byte[] candidate = new byte[POINT_LENGTH];
            candidate[0] = 2;
            System.arraycopy(hash, 0, candidate, 1, hash.length);
            ECPoint point = point(candidate);
            if (point != null) {
                return point;
            }
        }
        throw RequestRefusedException.failure("no valid point found");
    }

    /** The point with a compressed form; null if there is none. */
    private static ECPoint point(byte[] compressed) {
        if (compressed[0] != 2 && compressed[0] != 3) {
            return null;
        }
        try {
            return CURVE.decodePoint(compressed);
        } catch (IllegalArgumentException e) {
            // x is not below p, or x^3 + 7 has no root.
            return null;
        }
    }

    /** Go's {@code elliptic.MarshalCompressed}, where infinity is the point with the coordinates 0 and 0. */
    private static byte[] bytes(ECPoint point) {
        if (point.isInfinity()) {
            byte[] zero = new byte[POINT_LENGTH];
            zero[0] = 2;
            return zero;
        }
        return point.getEncoded(true);
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
