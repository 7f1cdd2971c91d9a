// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.golang.GoJsonWriter;
import io.crynux.devnet.relaynet.TestCreator;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.utils.Numeric;

/** Signatures that the Bridge's own function made and the Relay's own verifier accepted. */
class RequestSigningTest {
    private static final Map<String, Object> FIELDS = Map.of("address", "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    private static final long NOW = 1_785_000_000;

    private final TestCreator creator = new TestCreator("46".repeat(32));

    record Vector(JsonNode json) {
        Map<?, ?> fields() {
            return new ObjectMapper().convertValue(json.path("payload"), Map.class);
        }

        String text(String name) {
            return json.path(name).textValue();
        }

        long timestamp() {
            return json.path("timestamp").longValue();
        }

        @Override
        public String toString() {
            return text("name");
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream in = RequestSigningTest.class.getResourceAsStream("/relaynet/relay-head-signatures.json")) {
            return new ObjectMapper().readTree(in).path("vectors").valueStream().map(Vector::new);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    @SuppressWarnings("unchecked")
    void recoversTheSigner(Vector vector) throws RequestRefusedException {
        var fields = (Map<String, ?>) vector.fields();

        assertThat(GoJsonWriter.write(fields)).isEqualTo(vector.text("canonicalJson"));
        assertThat(Numeric.toHexString(RequestSignatures.digest(fields, vector.timestamp())))
                .isEqualTo(vector.text("digest"));
        RequestSignatures signatures = at(vector.timestamp());
        assertThat(signatures.signer(fields, vector.timestamp(), vector.text("signature")))
                .isEqualTo(vector.text("address"));
        assertThat(signatures.strictSigner(fields, vector.timestamp(), vector.text("signature")))
                .hasValue(vector.text("address"));
        assertThat(new TestCreator(vector.text("privateKey"))
                        .signRequest(vector.text("canonicalJson"), vector.timestamp()))
                .isEqualTo(vector.text("signature"));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 0, 60})
    void acceptsAMinuteInEitherDirection(long offset) throws RequestRefusedException {
        String signature = creator.signRequest(GoJsonWriter.write(FIELDS), NOW + offset);

        assertThat(at(NOW).signer(FIELDS, NOW + offset, signature)).isEqualTo(creator.address());
    }

    @ParameterizedTest
    @ValueSource(longs = {-61, 61, 1_000_000, -1_000_000_000_000L})
    void refusesATimeThatIsFurtherOff(long offset) {
        String signature = creator.signRequest(GoJsonWriter.write(FIELDS), NOW + offset);

        assertThatThrownBy(() -> at(NOW).signer(FIELDS, NOW + offset, signature))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused.field()).hasValue("signature");
                    assertThat(refused).hasMessage("Invalid signature");
                });
        assertThat(at(NOW).strictSigner(FIELDS, NOW + offset, signature)).isEmpty();
    }

    @Test
    void recoversAnotherAddressFromOtherFields() throws RequestRefusedException {
        String signature = creator.signRequest("{\"address\":\"0x00\"}", NOW);

        assertThat(at(NOW).signer(FIELDS, NOW, signature)).isNotEqualTo(creator.address());
    }

    @ParameterizedTest
    @ValueSource(strings = {"02", "03", "04", "1b", "1c", "80", "ff"})
    void refusesAnotherRecoveryId(String v) {
        String signature = creator.signRequest(GoJsonWriter.write(FIELDS), NOW);
        String changed = signature.substring(0, signature.length() - 2) + v;

        assertThatThrownBy(() -> at(NOW).signer(FIELDS, NOW, changed)).hasMessage("Invalid signature");
    }

    @Test
    void skipsTwoBytesNotTwoCharacters() throws RequestRefusedException {
        String hex = creator.signRequest(GoJsonWriter.write(FIELDS), NOW).substring(2);

        assertThat(at(NOW).signer(FIELDS, NOW, "\u00e9" + hex)).isEqualTo(creator.address());
        assertThatThrownBy(() -> at(NOW).signer(FIELDS, NOW, "\u20ac" + hex)).hasMessage("Invalid signature");
        assertThat(at(NOW).strictSigner(FIELDS, NOW, "\u00e9" + hex)).isEmpty();
    }

    @Test
    void panicsAtASignatureOfOneCharacter() {
        assertThatThrownBy(() -> at(NOW).signer(FIELDS, NOW, "0"))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(500);
                    assertThat(refused.hasBody()).isFalse();
                    assertThat(refused.field()).isEmpty();
                });
    }

    private static RequestSignatures at(long seconds) {
        return new RequestSignatures(Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
    }
}
