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
 * An ECDSA signature over secp256k1 as the network takes it: r, s in the lower half of the curve's order, and the bit by which
 * the signer's address is found again. The factories bring any valid signature into this form. Immutable; two are equal
 * when r, s and the bit are.
 */
public final class Signature {
    private static final BigInteger ORDER = Secp256k1.CURVE.getN();
    private static final int WORD_BYTES = Secp256k1.WORD_BYTES;
    private static final int BYTES = 2 * WORD_BYTES + 1;
    /** In the form of Bitcoin and Ethereum the bit is added to it. */
    private static final int FIRST_V = 27;

    private final BigInteger r;
    private final BigInteger s;
    private final int recoveryId;
    /** A hash of which it is known who signed it, so that it need not be computed again; null when it is not known. */
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
     * A signature whose bit is known.
     *
     * @param r greater than 0 and less than the curve's order
     * @param s as r
     * @param recoveryId whether the y of the signature's point is odd: 0 or 1
     * @throws IllegalArgumentException when one of them is out of its range; the message does not repeat it
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
     * A signature whose bit is not known, as most HSM and KMS return it: the bit is found with the address. That takes about
     * 0.2 ms, and saves the client's own check.
     *
     * @param r greater than 0 and less than the curve's order
     * @param s as r
     * @param hash the 32 bytes that were signed
     * @param address of the signer, {@code 0x} and 40 hex digits in any case
     * @throws IllegalArgumentException when one of them is out of its range, or it is no signature of the hash by the key of
     *     the address
     */
    public static Signature of(BigInteger r, BigInteger s, byte[] hash, String address) {
        for (int recoveryId = 0; recoveryId <= 1; recoveryId++) {
            Signature signature = of(r, s, recoveryId);
            if (signature.signer(hash).filter(address::equalsIgnoreCase).isPresent()) {
                return new Signature(signature.r, signature.s, signature.recoveryId, hash.clone(), address);
            }
        }
        throw new IllegalArgumentException("the signature is not of the given hash by the key of " + address
                + ". Check the key, and that it signs the 32 bytes as they are, as a digest");
    }

    /**
     * As {@link #of(BigInteger, BigInteger, byte[], String)}, with r and s in the DER encoding, as AWS KMS and PKCS libraries
     * return it.
     *
     * @throws IllegalArgumentException also when it is no such encoding; the message does not repeat it
     */
    public static Signature ofDer(byte[] der, byte[] hash, String address) {
        BigInteger[] numbers;
        try {
            numbers = StandardDSAEncoding.INSTANCE.decode(ORDER, der);
        } catch (IOException | RuntimeException e) {
            // Of any kind, depending on what the bytes are instead; the cause might quote them.
            throw new IllegalArgumentException("the signature is not r and s in DER encoding");
        }
        return of(numbers[0], numbers[1], hash, address);
    }

    /**
     * The signature with these bytes, as {@link #toBytes()} and most Ethereum wallets write it.
     *
     * @param bytes r and s, 32 bytes each, and v as one byte: 0 or 1, or 27 or 28
     * @throws IllegalArgumentException when it is none; the message does not repeat it
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

    /** Of a signer who knows that it is right. */
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
     * Whose signature it is, if it is one of the hash; of another hash it leads to an address that nobody has.
     *
     * @param hash 32 bytes
     * @return {@code 0x} and 40 hex digits in lower case; empty when no key can have made it
     */
    public Optional<String> signer(byte[] hash) {
        try {
            BigInteger key = Sign.recoverFromSignature(recoveryId, new ECDSASignature(r, s), hash);
            return Optional.ofNullable(key).map(found -> "0x" + Keys.getAddress(found));
        } catch (IllegalArgumentException e) {
            // r is the x of no point.
            return Optional.empty();
        }
    }

    /** Whether it is a signature of the hash by the key of the address; costs nothing where that is known. */
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
