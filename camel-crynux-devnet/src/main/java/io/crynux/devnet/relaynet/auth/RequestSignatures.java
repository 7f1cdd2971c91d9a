// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import io.crynux.devnet.golang.GoHex;
import io.crynux.devnet.golang.GoJsonWriter;
import io.crynux.devnet.golang.GoSyntaxException;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.web3j.crypto.Hash;

/**
 * Recovers who signed a request: Keccak-256 of the canonical JSON of the signed fields, followed by the decimal timestamp.
 *
 * <p>A signature over something else cannot be distinguished from another account's: it recovers to another address.
 */
public final class RequestSignatures {
    /** Greatest difference between a request's timestamp and the Relay's clock in either direction, in seconds. */
    public static final long TOLERANCE_SECONDS = 60;

    private static final int STRICT_LENGTH = 132;

    private final Clock clock;

    /** @param clock the Relay's */
    public RequestSignatures(Clock clock) {
        this.clock = clock;
    }

    /** The hash that a request's signature covers. */
    public static byte[] digest(Map<String, ?> fields, long timestamp) {
        return Hash.sha3((GoJsonWriter.write(fields) + timestamp).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Signer of a request of {@code /v1}, which skips the first two characters of the signature whatever they are.
     *
     * @param fields what is signed: strings, numbers and lists of them
     * @param timestamp in seconds
     * @return the address with the checksum of EIP-55
     * @throws RequestRefusedException 400 {@code Invalid signature} if the time is too far off, or no key can have made the
     *     signature; 500 without a body for a signature of one character. The empty one is refused where fields are bound.
     */
    public String signer(Map<String, ?> fields, long timestamp, String signature) throws RequestRefusedException {
        byte[] characters = signature.getBytes(StandardCharsets.UTF_8);
        if (characters.length < 2) {
            throw RequestRefusedException.panic();
        }
        // Go cuts the text by bytes, not by characters.
        String hex = new String(Arrays.copyOfRange(characters, 2, characters.length), StandardCharsets.UTF_8);
        return recover(fields, timestamp, hex)
                .orElseThrow(() -> RequestRefusedException.invalid("signature", "Invalid signature"));
    }

    /**
     * Signer of a request of {@code /v2}, which demands {@code 0x} and 130 hex digits.
     *
     * @return the address with the checksum of EIP-55; empty if the signature is malformed or its time is too far off
     */
    public Optional<String> strictSigner(Map<String, ?> fields, long timestamp, String signature) {
        return signature.length() == STRICT_LENGTH && signature.startsWith("0x")
                ? recover(fields, timestamp, signature.substring(2))
                : Optional.empty();
    }

    private Optional<String> recover(Map<String, ?> fields, long timestamp, String hex) {
        byte[] signature;
        try {
            signature = GoHex.decode(hex);
        } catch (GoSyntaxException e) {
            return Optional.empty();
        }
        // As the Relay does it: the difference of two int64 may overflow, and passes then.
        if (Math.abs((double) (clock.instant().getEpochSecond() - timestamp)) > TOLERANCE_SECONDS) {
            return Optional.empty();
        }
        return Signer.recover(digest(fields, timestamp), signature).filter(address -> Signer.hasLowS(signature));
    }
}
