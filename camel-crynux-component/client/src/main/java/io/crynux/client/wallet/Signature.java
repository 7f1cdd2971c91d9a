// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.wallet;

import io.crynux.client.internal.vrf.Secp256k1;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.util.BigIntegers;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/**
 * An ECDSA signature over secp256k1 as the network accepts it: r, s in the lower half of the curve's order, and the recovery
 * id, from which the signer's address follows. The factories convert any valid signature to this form. Immutable; two are
 * equal if r, s and the recovery id are equal.
 */
public final class Signature {
    private static final BigInteger ORDER = Secp256k1.CURVE.getN();
    private static final int WORD_BYTES = Secp256k1.WORD_BYTES;
    private static final int BYTES = 2 * WORD_BYTES + 1;
    /** Bitcoin and Ethereum add it to the recovery id. */
    private static final int FIRST_V = 27;

    private final BigInteger r;
    private final BigInteger s;
    private final int recoveryId;
    /** A hash whose signer is known, so that the address is not computed again; may be null. */
    private final byte[] knownHash;

    private final String knownSigner;

    private Signature(BigInteger r, BigInteger s, int recoveryId, byte[] knownHash, String knownSigner) {
        boolean low = s.compareTo(Secp256k1.CURVE.getN().shiftRight(1)) <= 0;
        this.r = r;
        this.s = low ? s : ORDER.subtract(s);
        // The other of the two values that s can have belongs to the opposite point, whose y has the other parity.
        this.recoveryId = low ? recoveryId : recoveryId ^ 1;
        this.knownHash = knownHash;
        this.knownSigner = knownSigner;
    }

    /**
     * A signature with a known recovery id.
     *
     * @param r greater than 0 and less than the curve's order
     * @param s as r
     * @param recoveryId whether the y of the signature's point is odd: 0 or 1
     * @throws IllegalArgumentException if one of them is out of range; the message does not contain it
     */
    public static Signature of(BigInteger r, BigInteger s, int recoveryId) {
        requireInRange(r, "r");
        requireInRange(s, "s");
        if (recoveryId != 0 && recoveryId != 1) {
            throw new IllegalArgumentException("recoveryId of a signature must be 0 or 1");
        }
        return new Signature(r, s, recoveryId, null, null);
    }

    /**
     * A signature without recovery id, as most HSM and KMS return it. The method finds the recovery id with the address, which
     * takes about 0.2 ms and replaces the client's own check.
     *
     * @param r greater than 0 and less than the curve's order
     * @param s as r
     * @param hash the 32 bytes that were signed
     * @param address of the signer, {@code 0x} and 40 hex digits in any case
     * @throws IllegalArgumentException if one of them is out of range, or the key of the address did not sign the hash
     */
    public static Signature of(BigInteger r, BigInteger s, byte[] hash, String address) {
        for (int recoveryId = 0; recoveryId <= 1; recoveryId++) {
            Signature signature = of(r, s, recoveryId);
            if (signature.signer(hash).filter(address::equalsIgnoreCase).isPresent()) {
                return new Signature(signature.r, signature.s, signature.recoveryId, hash.clone(), address);
            }
        }
        throw new IllegalArgumentException(
                "the key of " + address + " did not make this signature of"
                        + " the given hash. Check the key, and that it signs the 32 bytes as a digest, without hashing them again");
    }

    /**
     * As {@link #of(BigInteger, BigInteger, byte[], String)}, with r and s in the DER encoding, as AWS KMS and PKCS libraries
     * return it.
     *
     * @throws IllegalArgumentException also if the encoding is not valid; the message does not contain it
     */
    public static Signature ofDer(byte[] der, byte[] hash, String address) {
        BigInteger[] numbers;
        try {
            numbers = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
        } catch (IOException | RuntimeException e) {
            // The exception is not the cause, because its message might quote the bytes.
            throw new IllegalArgumentException("the signature is not r and s in DER encoding");
        }
        return of(numbers[0], numbers[1], hash, address);
    }

    /**
     * The signature with these bytes, as {@link #toBytes()} and most Ethereum wallets write it.
     *
     * @param bytes r and s, 32 bytes each, and v as one byte: 0 or 1, or 27 or 28
     * @throws IllegalArgumentException if the signature is not valid; the message does not contain it
     */
    public static Signature ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a signature has " + BYTES + " bytes, not " + bytes.length);
        }
        int v = bytes[BYTES - 1];
        return of(
                new BigInteger(1, Arrays.copyOf(bytes, WORD_BYTES)),
                new BigInteger(1, Arrays.copyOfRange(bytes, WORD_BYTES, 2 * WORD_BYTES)),
                v >= FIRST_V ? v - FIRST_V : v);
    }

    /** A signature whose signer is known to be right. */
    static Signature made(BigInteger r, BigInteger s, int recoveryId, byte[] hash, String address) {
        return new Signature(r, s, recoveryId, hash.clone(), address);
    }

    private static void requireInRange(BigInteger number, String name) {
        Objects.requireNonNull(number, name);
        if (number.signum() <= 0 || number.compareTo(ORDER) >= 0) {
            throw new IllegalArgumentException(
                    name + " of a signature must be greater than 0 and less than the order of secp256k1");
        }
    }

    public BigInteger r() {
        return r;
    }

    /** In the lower half of the curve's order. */
    public BigInteger s() {
        return s;
    }

    /** Whether the y of the signature's point is odd: 0 or 1. Ethereum's v is 27 more. */
    public int recoveryId() {
        return recoveryId;
    }

    /** r and s, 32 bytes each, and the recovery id as one byte, 0 or 1. */
    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        System.arraycopy(BigIntegers.asUnsignedByteArray(WORD_BYTES, r), 0, bytes, 0, WORD_BYTES);
        System.arraycopy(BigIntegers.asUnsignedByteArray(WORD_BYTES, s), 0, bytes, WORD_BYTES, WORD_BYTES);
        bytes[BYTES - 1] = (byte) recoveryId;
        return bytes;
    }

    /**
     * The address whose key signed the hash. For another hash, the address is a random one.
     *
     * @param hash 32 bytes
     * @return {@code 0x} and 40 hex digits in lower case; empty if no key can have made the signature
     */
    public Optional<String> signer(byte[] hash) {
        try {
            BigInteger key = Sign.recoverFromSignature(recoveryId, new ECDSASignature(r, s), hash);
            return Optional.ofNullable(key).map(found -> "0x" + Keys.getAddress(found));
        } catch (IllegalArgumentException e) {
            // No point of the curve has this x.
            return Optional.empty();
        }
    }

    /** Whether the key of the address signed the hash. */
    public boolean isBy(byte[] hash, String address) {
        boolean known = knownHash != null && Arrays.equals(knownHash, hash) && knownSigner.equalsIgnoreCase(address);
        return known || signer(hash).filter(address::equalsIgnoreCase).isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature
                && r.equals(signature.r)
                && s.equals(signature.s)
                && recoveryId == signature.recoveryId;
    }

    @Override
    public int hashCode() {
        return Objects.hash(r, s, recoveryId);
    }

    /** Without the signature, which is a secret while it is valid. */
    @Override
    public String toString() {
        return "Signature[not shown]";
    }
}
