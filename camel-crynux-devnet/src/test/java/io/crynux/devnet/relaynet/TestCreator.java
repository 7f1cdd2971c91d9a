// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;

/** A creator of tasks with a key: signs requests and logins, and proves sampling, as relay.md describes it for clients. */
public final class TestCreator {
    private static final HexFormat HEX = HexFormat.of();

    private final ECKeyPair key;

    /** @param privateKey hex, with or without {@code 0x} */
    public TestCreator(String privateKey) {
        key = ECKeyPair.create(new BigInteger(privateKey.replaceFirst("^0x", ""), 16));
    }

    /** The address with the checksum of EIP-55. */
    public String address() {
        return Keys.toChecksumAddress(Keys.getAddress(key));
    }

    /** 0x and 128 hex digits. */
    public String publicKey() {
        return String.format("0x%0128x", key.getPublicKey());
    }

    /** Signature of a request with this canonical JSON. */
    public String signRequest(String canonicalJson, long timestamp) {
        return signature(Hash.sha3((canonicalJson + timestamp).getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** Signature of a personal message, with 27 or 28 at its end. */
    public String signMessage(String message) {
        return signature(Sign.getEthereumMessageHash(message.getBytes(StandardCharsets.UTF_8)), 27);
    }

    private String signature(byte[] digest, int firstV) {
        Sign.SignatureData data = Sign.signMessage(digest, key, false);
        return "0x" + HEX.formatHex(data.getR()) + HEX.formatHex(data.getS())
                + HEX.toHexDigits((byte) (data.getV()[0] - 27 + firstV));
    }

    /**
     * Proof of a sampling seed.
     *
     * @param seed hex with {@code 0x}
     */
    public String prove(String seed) {
        BigInteger x = key.getPrivateKey();
        BigInteger n = Sign.CURVE_PARAMS.getN();
        ECPoint generator = Sign.CURVE_PARAMS.getG();
        ECPoint h = hashToCurve(generator.multiply(x), HEX.parseHex(seed.substring(2)));
        ECPoint gamma = h.multiply(x);
        BigInteger k = nonce(n, x, sha256(bytes(h)));
        byte[] challenge = sha256(
                new byte[] {(byte) 0xfe, 2},
                bytes(h),
                bytes(gamma),
                bytes(generator.multiply(k)),
                bytes(h.multiply(k)));
        var c = new BigInteger(1, Arrays.copyOf(challenge, 16));
        return String.format(
                "0x%s%032x%064x",
                HEX.formatHex(bytes(gamma)), c, k.add(c.multiply(x)).mod(n));
    }

    /** The number that decides whether a task with this seed is sampled: unsigned beta of the proof. */
    public BigInteger number(String seed) {
        byte[] gamma = Arrays.copyOf(HEX.parseHex(prove(seed).substring(2)), 33);
        return new BigInteger(1, sha256(new byte[] {(byte) 0xfe, 3}, gamma));
    }

    private static ECPoint hashToCurve(ECPoint publicKey, byte[] alpha) {
        Optional<ECPoint> point = Optional.empty();
        for (int counter = 0; point.isEmpty(); counter++) {
            point = pointWithX(
                    sha256(new byte[] {(byte) 0xfe, 1}, bytes(publicKey), alpha, new byte[] {(byte) counter}));
        }
        return point.get();
    }

    private static Optional<ECPoint> pointWithX(byte[] x) {
        try {
            return Optional.of(Sign.CURVE_PARAMS.getCurve().decodePoint(HEX.parseHex("02" + HEX.formatHex(x))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static BigInteger nonce(BigInteger n, BigInteger x, byte[] message) {
        var calculator = new HMacDSAKCalculator(new SHA256Digest());
        calculator.init(n, x, message);
        return calculator.nextK();
    }

    private static byte[] bytes(ECPoint point) {
        return point.getEncoded(true);
    }

    private static byte[] sha256(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
