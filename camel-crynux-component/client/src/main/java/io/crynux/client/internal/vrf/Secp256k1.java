// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.vrf;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The curve of the wallets' keys, secp256k1, in Bouncy Castle's arithmetic. */
public final class Secp256k1 {
    /** A private key, a coordinate or a half of a signature. */
    public static final int WORD_BYTES = 32;

    public static final ECDomainParameters CURVE;

    private static final int COMPRESSED_BYTES = 1 + WORD_BYTES;
    private static final byte UNCOMPRESSED = 4;

    static {
        X9ECParameters parameters = CustomNamedCurves.getByName("secp256k1");
        CURVE = new ECDomainParameters(parameters.getCurve(), parameters.getG(), parameters.getN(), parameters.getH());
    }

    private Secp256k1() {}

    /**
     * The public key of a private one.
     *
     * @return both coordinates, 64 bytes
     */
    public static byte[] publicKey(BigInteger privateKey) {
        byte[] encoded = times(privateKey, CURVE.getG()).getEncoded(false);
        byte[] coordinates = new byte[2 * WORD_BYTES];
        System.arraycopy(encoded, 1, coordinates, 0, coordinates.length);
        return coordinates;
    }

    /** A point times a secret, by the same table look-ups and additions whatever the secret is. */
    static ECPoint times(BigInteger secret, ECPoint point) {
        ECMultiplier multiplier = new FixedPointCombMultiplier();
        return multiplier.multiply(point, secret).normalize();
    }

    /**
     * Reads a public key.
     *
     * @param coordinates 64 bytes
     * @throws IllegalArgumentException when these are no point of the curve
     */
    static ECPoint ofCoordinates(byte[] coordinates) {
        if (coordinates.length != 2 * WORD_BYTES) {
            throw new IllegalArgumentException("a public key has 64 bytes, not " + coordinates.length);
        }
        byte[] encoded = new byte[1 + coordinates.length];
        encoded[0] = UNCOMPRESSED;
        System.arraycopy(coordinates, 0, encoded, 1, coordinates.length);
        return CURVE.getCurve().decodePoint(encoded);
    }

    /**
     * Reads a compressed point.
     *
     * @param encoded 33 bytes, the first of them 2 or 3
     * @throws IllegalArgumentException when these are no point of the curve
     */
    static ECPoint ofCompressed(byte[] encoded) {
        if (encoded.length != COMPRESSED_BYTES) {
            throw new IllegalArgumentException("a compressed point has 33 bytes, not " + encoded.length);
        }
        // Of this length Bouncy Castle takes compressed points only, and none that is not on the curve.
        return CURVE.getCurve().decodePoint(encoded);
    }
}
