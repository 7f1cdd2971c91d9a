// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import io.crynux.client.internal.vrf.Secp256k1;
import io.crynux.client.internal.vrf.Vrf;
import java.math.BigInteger;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECMultiplier;
import org.bouncycastle.math.ec.ECPoint;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/**
 * Signs and proves with a key that is in memory: ECDSA by Bouncy Castle with the nonces of RFC 6979, the same signatures as
 * web3j's. web3j finds the last bit, v, by recovering the public key from the finished signature until it fits, which costs
 * several times the signature itself; here it is read off the point that the signature was made of.
 */
final class KeySigner implements Signer, VrfProver {
    private final String address;
    private final byte[] publicKey;
    private final ECPrivateKeyParameters key;

    /** @param privateKey greater than 0 and less than the curve's order */
    KeySigner(BigInteger privateKey) {
        this.key = new ECPrivateKeyParameters(privateKey, Secp256k1.CURVE);
        this.publicKey = Secp256k1.publicKey(privateKey);
        this.address = Numeric.toHexString(Keys.getAddress(publicKey));
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

        /** An x beyond the curve's order would need a second bit, which Ethereum does not have; the probability is 2^-127. */
        int recoveryId() {
            return point.getAffineYCoord().testBitZero() ? 1 : 0;
        }
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public CompletionStage<Signature> sign(byte[] hash) {
        PointKeeper signer = new PointKeeper();
        signer.init(true, key);
        BigInteger[] made = signer.generateSignature(hash);
        return CompletableFuture.completedFuture(Signature.made(made[0], made[1], signer.recoveryId(), hash, address));
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public CompletionStage<VrfProof> prove(byte[] alpha) {
        return CompletableFuture.completedFuture(VrfProof.of(Vrf.prove(key.getD(), alpha)));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "KeySigner[" + address + "]";
    }
}
