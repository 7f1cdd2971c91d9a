// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import java.math.BigInteger;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/**
 * Signs with a key that is in memory: ECDSA by Bouncy Castle with the nonces of RFC 6979, the same signatures as web3j's.
 * web3j finds the last bit, v, by recovering the public key from the finished signature until it fits, which costs several
 * times the signature itself; here it is read off the point that the signature was made of.
 */
final class KeySigner implements Signer {
    private static final ECDomainParameters CURVE = new ECDomainParameters(
            Sign.CURVE_PARAMS.getCurve(), Sign.CURVE_PARAMS.getG(), Sign.CURVE_PARAMS.getN(), Sign.CURVE_PARAMS.getH());
    private static final int LOWER_V = 27;
    private static final int WORD_BYTES = 32;

    private final String address;
    private final ECPrivateKeyParameters key;

    KeySigner(Credentials credentials) {
        this.address = credentials.getAddress();
        this.key = new ECPrivateKeyParameters(credentials.getEcKeyPair().getPrivateKey(), CURVE);
    }

    /** Keeps the point whose x is the signature's r. */
    private static final class PointKeeper extends ECDSASigner {
        private ECPoint point;

        PointKeeper() {
            super(new HMacDSAKCalculator(new SHA256Digest()));
        }

        @Override
        protected ECMultiplier createBasePointMultiplier() {
            ECMultiplier multiplier = super.createBasePointMultiplier();
            return (generator, factor) -> {
                point = multiplier.multiply(generator, factor).normalize();
                return point;
            };
        }

        /** Two bits by which the point is found again: whether its y is odd, and whether its x is beyond the order. */
        int recoveryId() {
            boolean odd = point.getAffineYCoord().testBitZero();
            boolean beyond = point.getAffineXCoord().toBigInteger().compareTo(CURVE.getN()) >= 0;
            return (odd ? 1 : 0) + (beyond ? 2 : 0);
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Sign.SignatureData sign(byte[] hash) {
        PointKeeper signer = new PointKeeper();
        signer.init(true, key);
        BigInteger[] made = signer.generateSignature(hash);
        ECDSASignature signature = new ECDSASignature(made[0], made[1]);
        ECDSASignature canonical = signature.toCanonicalised();
        // The other of the two values that s can have belongs to the opposite point, whose y has the other parity.
        int recoveryId = signature.isCanonical() ? signer.recoveryId() : signer.recoveryId() ^ 1;
        return new Sign.SignatureData(
                (byte) (LOWER_V + recoveryId),
                Numeric.toBytesPadded(canonical.r, WORD_BYTES),
                Numeric.toBytesPadded(canonical.s, WORD_BYTES));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "KeySigner[" + address + "]";
    }
}
