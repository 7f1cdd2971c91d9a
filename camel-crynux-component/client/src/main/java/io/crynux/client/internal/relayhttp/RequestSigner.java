// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.internal.signing.CheckedSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/**
 * Signs requests to the Relay: keccak256 of the canonical JSON and the time in seconds, secp256k1, v as 00 or 01 (classic
 * protocol, section 2; relay protocol, section 2).
 */
public final class RequestSigner {
    private final CheckedSigner signer;
    private final Clock clock;
    /** The Relay's clock minus the local one; the Relay accepts a minute's difference. */
    private volatile Duration clockOffset = Duration.ZERO;

    /** The time of a signature, in seconds of the Relay's clock, and the signature. */
    public record SignedAt(long timestamp, String signature) {
        /** The query of a GET request. */
        public String query() {
            return "?timestamp=" + timestamp + "&signature=" + URLEncoder.encode(signature, StandardCharsets.UTF_8);
        }

        /** A signature is a secret while it is valid. */
        @Override
        public String toString() {
            return "SignedAt[" + timestamp + "]";
        }
    }

    public RequestSigner(CheckedSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    void setClockOffset(Duration offset) {
        clockOffset = offset;
    }

    /** Fails with a {@link io.crynux.client.error.SignerException}. */
    public CompletableFuture<SignedAt> sign(SortedMap<String, Object> parameters) {
        long timestamp = clock.instant().plus(clockOffset).getEpochSecond();
        String text = CanonicalJson.of(parameters) + timestamp;
        return signer.sign(Hash.sha3(text.getBytes(StandardCharsets.UTF_8)))
                .thenApply(signature -> new SignedAt(timestamp, Numeric.toHexString(signature.toBytes())));
    }
}
