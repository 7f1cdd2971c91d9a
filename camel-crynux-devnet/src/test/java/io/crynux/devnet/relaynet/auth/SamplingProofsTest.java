// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.relaynet.TestCreator;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Keys;

/** Proofs made by the library that the Relay uses, and what it answers to wrong ones. */
class SamplingProofsTest {
    private final SamplingProofs proofs = new SamplingProofs(SamplingProofs.DEFAULT_MODULUS);

    record Vector(JsonNode json) {
        String text(String name) {
            return json.path(name).textValue();
        }

        /** The address of the key, even if the key is not a point; a key of another length has none. */
        String creator() {
            String key = text("publicKey").substring(2);
            return key.length() == 128 ? Keys.toChecksumAddress(Keys.getAddress(key)) : "";
        }

        @Override
        public String toString() {
            return text("name");
        }
    }

    static Stream<Vector> vectors() throws IOException {
        return read("/relaynet/relay-vrf-vectors.json", "vectors");
    }

    static Stream<Vector> negatives() throws IOException {
        return read("/relaynet/relay-vrf-vectors.json", "negatives");
    }

    static Stream<Vector> edgeCases() throws IOException {
        return read("/relaynet/vrf-edge-cases.json", "vectors");
    }

    private static Stream<Vector> read(String file, String member) throws IOException {
        try (InputStream in = SamplingProofsTest.class.getResourceAsStream(file)) {
            return new ObjectMapper().readTree(in).path(member).valueStream().map(Vector::new);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void acceptsAProof(Vector vector) {
        boolean sampled = vector.json().path("selected").booleanValue();

        assertThat(vector.creator()).isEqualTo(vector.text("address"));
        assertThatCode(() -> check(vector, sampled)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(vector, !sampled))
                .hasMessage(sampled ? "task is selected for validation" : "task is not selected for validation");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aCreatorMakesTheSameProof(Vector vector) {
        var creator = new TestCreator(vector.text("privateKey"));

        assertThat(creator.publicKey()).isEqualTo(vector.text("publicKey"));
        assertThat(creator.prove(vector.text("seed"))).isEqualTo(vector.text("proof"));
        assertThat(creator.number(vector.text("seed")))
                .isEqualTo(new BigInteger(vector.text("beta").substring(2), 16));
    }

    @ParameterizedTest
    @MethodSource("negatives")
    void refusesAWrongProof(Vector vector) {
        assertThat(vector.json().path("accepted").booleanValue()).isFalse();
        assertThatThrownBy(() -> check(vector, false))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(500);
                    assertThat(refused.getMessage())
                            .isIn("invalid proof", "invalid point", "invalid vrf proof", "invalid public key");
                });
    }

    @ParameterizedTest
    @MethodSource("edgeCases")
    void answersAsTheLibraryDoes(Vector vector) {
        String answer = vector.text("answer");
        if (answer.startsWith("0x")) {
            boolean sampled = proofs.isSampled(HexFormat.of().parseHex(answer.substring(2)));
            assertThatCode(() -> check(vector, sampled)).doesNotThrowAnyException();
            assertThatThrownBy(() -> check(vector, !sampled)).hasMessageEndingWith("selected for validation");
        } else {
            assertThatThrownBy(() -> check(vector, false))
                    .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(500);
                        assertThat(refused.getMessage()).isEqualTo(answer.startsWith("panic: ") ? null : answer);
                    });
        }
    }

    @Test
    void refusesTheProofOfAnother() throws IOException {
        Vector vector = vectors().findFirst().orElseThrow();

        assertThatThrownBy(() -> proofs.check(
                        vector.text("seed"),
                        vector.text("proof"),
                        vector.text("publicKey"),
                        "0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F",
                        false))
                .hasMessage("not task creator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x0", "00", "0xzz"})
    void refusesASeedThatIsNotHex(String seed) throws IOException {
        Vector vector = vectors().findFirst().orElseThrow();

        assertThatThrownBy(() ->
                        proofs.check(seed, vector.text("proof"), vector.text("publicKey"), vector.creator(), false))
                .hasMessage("invalid sampling seed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void samplesOneInSoMany(int modulus) throws IOException, RequestRefusedException {
        var rare = new SamplingProofs(modulus);
        for (Vector vector : vectors().toList()) {
            boolean sampled = new BigInteger(vector.text("beta").substring(2), 16)
                            .mod(BigInteger.valueOf(modulus))
                            .signum()
                    == 0;

            rare.check(vector.text("seed"), vector.text("proof"), vector.text("publicKey"), vector.creator(), sampled);
        }
    }

    @Test
    void refusesToSampleLessThanNone() {
        assertThatThrownBy(() -> new SamplingProofs(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private void check(Vector vector, boolean grouped) throws RequestRefusedException {
        proofs.check(vector.text("seed"), vector.text("proof"), vector.text("publicKey"), vector.creator(), grouped);
    }
}
