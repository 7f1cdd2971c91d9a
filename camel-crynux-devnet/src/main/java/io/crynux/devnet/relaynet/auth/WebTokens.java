// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JSON web tokens of the Relay: HS256, with the claims {@code address}, {@code iss}, {@code sub}, {@code exp}, {@code nbf}, {@code iat}. */
final class WebTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final int PARTS = 3;

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;
    private final SecretKeySpec key;

    WebTokens(Clock clock, byte[] secret) {
        this.clock = clock;
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    WalletSession issue(String address, Duration lifetime) {
        Instant now = clock.instant();
        long start = now.getEpochSecond();
        long end = now.plus(lifetime).getEpochSecond();
        String claims = json.createObjectNode()
                .put("address", address)
                .put("iss", "crynux-relay")
                .put("sub", address)
                .put("exp", end)
                .put("nbf", start)
                .put("iat", start)
                .toString();
        String signed =
                encode(HEADER.getBytes(StandardCharsets.UTF_8)) + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return new WalletSession(signed + "." + encode(mac(signed)), end);
    }

    /** The address of a token; empty if this Relay did not issue it, or it has expired. */
    Optional<String> address(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(mac(parts[0] + "." + parts[1]), signature)) {
                return Optional.empty();
            }
            JsonNode claims =
                    json.readTree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            Instant now = clock.instant();
            boolean valid = now.isBefore(
                            Instant.ofEpochSecond(claims.path("exp").longValue()))
                    && !now.isBefore(Instant.ofEpochSecond(claims.path("nbf").longValue()));
            return valid ? Optional.of(claims.path("address").textValue()) : Optional.empty();
        } catch (IllegalArgumentException | JsonProcessingException e) {
            // Not Base64, or no claims: not issued here.
            return Optional.empty();
        }
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
