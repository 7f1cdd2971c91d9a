// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Tells who signed a request: the canonical JSON of its parameters with the time appended, hashed by keccak256. */
final class SignatureCheck {
    /** How far a request's time may be from the Relay's clock, in seconds, both ways. */
    static final long TOLERANCE_SECONDS = 60;

    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{130}");
    private static final BigInteger ORDER =
            new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);

    private final Clock clock;

    SignatureCheck(Clock clock) {
        this.clock = clock;
    }

    /** The hash that a request's signature covers. */
    static byte[] digest(SortedMap<String, ?> parameters, long timestamp) {
        String signed = CanonicalJson.of(parameters) + timestamp;
        return Hash.sha3(signed.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The signer's address in lower-case hex.
     *
     * @throws RelayRefusal "Invalid signature" when the time is too far off or the signature is none. A signature over
     *     something else cannot be distinguished from another account's: it yields another address.
     */
    String signer(SortedMap<String, ?> parameters, long timestamp, String signature) throws RelayRefusal {
        long now = clock.instant().getEpochSecond();
        // Without abs(): a time from far away must not overflow into the tolerance.
        if (timestamp < now - TOLERANCE_SECONDS || timestamp > now + TOLERANCE_SECONDS) {
            throw RelayRefusal.invalidSignature();
        }
        return recover(digest(parameters, timestamp), signature).orElseThrow(RelayRefusal::invalidSignature);
    }

    /** The address whose key made the signature; empty when no key can have made it. */
    static Optional<String> recover(byte[] digest, String signature) {
        if (!FORM.matcher(signature).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Numeric.hexStringToByteArray(signature);
        var r = new BigInteger(1, Arrays.copyOfRange(bytes, 0, 32));
        var s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
        int v = bytes[64];
        if (v < 0 || v > 1 || !inRange(r) || !inRange(s)) {
            return Optional.empty();
        }
        try {
            BigInteger key = Sign.signedMessageHashToKey(
                    digest, new Sign.SignatureData((byte) (27 + v), to32Bytes(r), to32Bytes(s)));
            return Optional.of("0x" + Keys.getAddress(key));
        } catch (SignatureException | IllegalArgumentException e) {
            // Numbers that are no point of the curve: a wrong request, not a fault of the Relay.
            return Optional.empty();
        }
    }

    private static boolean inRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    private static byte[] to32Bytes(BigInteger number) {
        return Numeric.toBytesPadded(number, 32);
    }

    /** The signature of a digest in the form that the Relay reads. */
    static String sign(byte[] digest, org.web3j.crypto.ECKeyPair key) {
        ECDSASignature signature = key.sign(digest);
        Sign.SignatureData data = Sign.createSignatureData(signature, key.getPublicKey(), digest);
        return Numeric.toHexString(data.getR())
                + Numeric.toHexStringNoPrefix(data.getS())
                + String.format("%02x", data.getV()[0] - 27);
    }
}
