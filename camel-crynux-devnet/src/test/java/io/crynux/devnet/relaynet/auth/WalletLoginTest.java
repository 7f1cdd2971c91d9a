// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.RelayRecording;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import io.crynux.devnet.relaynet.TestCreator;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Sign;

/** Login of a wallet, and what its token opens. The 401 texts are those of recordings 40 (53 to 57) and 62 (156 to 162). */
class WalletLoginTest {
    private static final byte[] SECRET = "of the test".getBytes(StandardCharsets.UTF_8);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final long NOW = 1_785_000_000;

    private final TestCreator wallet = new TestCreator("46".repeat(32));
    private final MovableClock clock = new MovableClock();
    private final WalletLogin login = new WalletLogin(clock, SECRET, LIFETIME);

    static Stream<Exchange> logins() {
        return RelayRecording.of("51-account").exchanges().filter(exchange -> exchange.path()
                .endsWith("connect_wallet"));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void isAnsweredAsByTheRelay(Exchange exchange) throws RequestRefusedException {
        var recorded = new WalletLogin(exchange.clock(), SECRET, LIFETIME);
        JsonNode body = exchange.request().at("/body/json");
        String address = body.path("address").textValue();
        String signature = body.path("signature").textValue();
        long timestamp = body.path("timestamp").longValue();

        if (exchange.status() == 200) {
            WalletSession session = recorded.connect(address, signature, timestamp);
            assertThat(session.expiresAt())
                    .isEqualTo(exchange.answer().at("/data/expires_at").longValue());
            // All but the signature, for which there is another secret.
            assertThat(session.token().replaceFirst("\\.[^.]*$", ""))
                    .isEqualTo(exchange.answer().at("/data/token").textValue().replaceFirst("\\.[^.]*$", ""));
        } else {
            assertThatThrownBy(() -> recorded.connect(address, signature, timestamp))
                    .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(exchange.status());
                        assertThat(refused.field())
                                .hasValue(
                                        exchange.answer().at("/data/field_name").textValue());
                        assertThat(refused.getMessage()).isEqualTo(exchange.message());
                    });
        }
    }

    @Test
    void acceptsTheVectorOfTheDescription() throws RequestRefusedException {
        String signature = "0x44f1738038af1c4b31c73a7bd62ad923d4756231d3c9232eb05c2f0d1dcf3aa5"
                + "761a8e302c809c4450fa75137d8362d6359ca18c9e3b02fb521bb57cce28a7971c";

        assertThat(wallet.signMessage(message(NOW))).isEqualTo(signature);
        assertThat(login.connect(wallet.address(), signature, NOW).expiresAt()).isEqualTo(NOW + 3600);
    }

    @Test
    void acceptsAHighS() throws RequestRefusedException {
        String signature = wallet.signMessage(message(NOW));
        BigInteger s = new BigInteger(signature.substring(66, 130), 16);
        String high = signature.substring(0, 66)
                + String.format("%064x", Sign.CURVE_PARAMS.getN().subtract(s))
                + (signature.endsWith("1b") ? "1c" : "1b");

        assertThat(login.connect(wallet.address(), high, NOW).expiresAt()).isEqualTo(NOW + 3600);
    }

    @ParameterizedTest
    @ValueSource(longs = {-121, 61})
    void refusesATimeThatIsTooFarOff(long offset) {
        String signature = wallet.signMessage(message(NOW + offset));

        assertThatThrownBy(() -> login.connect(wallet.address(), signature, NOW + offset))
                .hasMessage("Invalid signature");
    }

    @ParameterizedTest
    @ValueSource(longs = {-120, 60})
    void acceptsTheLastSecond(long offset) throws RequestRefusedException {
        String signature = wallet.signMessage(message(NOW + offset));

        assertThat(login.connect(wallet.address(), signature, NOW + offset).expiresAt())
                .isEqualTo(NOW + 3600);
    }

    @Test
    void aTokenOpensTheAccountUntilItExpires() throws RequestRefusedException {
        String header = "Bearer " + token();

        clock.now = NOW + 3599;
        assertThat(login.requireToken(header)).isEqualTo(wallet.address());
        assertThat(login.requireTokenOrSignature(header, Map.of(), null, null)).isEqualTo(wallet.address());
        clock.now = NOW + 3600;
        assertThatThrownBy(() -> login.requireToken(header)).hasMessage("Invalid or expired token");
        assertThatThrownBy(() -> login.requireTokenOrSignature(header, Map.of(), null, null))
                .hasMessage("Valid JWT or signature required");
    }

    @Test
    void aTokenIsNotValidBeforeItWasIssued() throws RequestRefusedException {
        String header = "Bearer " + token();

        clock.now = NOW - 1;
        assertThatThrownBy(() -> login.requireToken(header)).hasMessage("Invalid or expired token");
    }

    @Test
    void aTokenStaysValidAfterARestart() throws RequestRefusedException {
        String header = "Bearer " + token();

        assertThat(new WalletLogin(clock, SECRET, LIFETIME).requireToken(header))
                .isEqualTo(wallet.address());
        assertThatThrownBy(() -> new WalletLogin(clock, "another".getBytes(StandardCharsets.UTF_8), LIFETIME)
                        .requireToken(header))
                .hasMessage("Invalid or expired token");
    }

    @Test
    void aChangedTokenIsRefused() throws RequestRefusedException, IOException {
        String[] parts = token().split("\\.", -1);
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("iss").textValue()).isEqualTo("crynux-relay");
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toString().replace("17850", "27850").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> login.requireToken("Bearer " + parts[0] + "." + forged + "." + parts[2]))
                .hasMessage("Invalid or expired token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "é.é.é", ""})
    void aTokenThatIsNoneIsRefused(String token) {
        assertThatThrownBy(() -> login.requireToken("Bearer " + token))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.getMessage()).isEqualTo("Invalid or expired token");
                });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "")
    void aHeaderIsRequired(String header) {
        assertThatThrownBy(() -> login.requireToken(header))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(401);
                    assertThat(refused.getMessage()).isEqualTo("Authorization header required");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer x", "x", "Bearer", "Bearer  x", "Bearer x y", "Basic x", " "})
    void aHeaderOfAnotherFormIsRefused(String header) {
        assertThatThrownBy(() -> login.requireToken(header))
                .hasMessage("Invalid authorization header format. Use 'Bearer <token>'");
    }

    @Test
    void aSignatureCountsWhereTheTokenDoesNot() throws RequestRefusedException {
        String signature = wallet.signRequest("{\"address\":\"x\"}", NOW);

        assertThat(login.requireTokenOrSignature("Bearer x", Map.of("address", "x"), Long.toString(NOW), signature))
                .isEqualTo(wallet.address());
        assertThatThrownBy(() -> login.requireTokenOrSignature(null, Map.of("address", "x"), "soon", signature))
                .hasMessage("Valid JWT or signature required");
    }

    @Test
    void anAccountIsNamedWithItsChecksum() {
        assertThatThrownBy(() -> WalletLogin.requireOwner(wallet.address().toLowerCase(Locale.ROOT), wallet.address()))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.field()).hasValue("address");
                    assertThat(refused.getMessage()).isEqualTo("Address mismatch");
                });
    }

    @Test
    void aSessionDoesNotShowItsToken() throws RequestRefusedException {
        WalletSession session = login.connect(wallet.address(), wallet.signMessage(message(NOW)), NOW);

        assertThat(session).asString().doesNotContain(session.token());
    }

    private String token() throws RequestRefusedException {
        return login.connect(wallet.address(), wallet.signMessage(message(NOW)), NOW)
                .token();
    }

    private String message(long timestamp) {
        return "Crynux Relay\nAction: Connect Wallet\nAddress: " + wallet.address() + "\nTimestamp: " + timestamp;
    }

    private static final class MovableClock extends Clock {
        private long now = NOW;

        @Override
        public Instant instant() {
            return Instant.ofEpochSecond(now);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
