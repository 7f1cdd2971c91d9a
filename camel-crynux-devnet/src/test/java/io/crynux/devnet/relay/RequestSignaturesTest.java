// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.utils.Numeric;

class RequestSignaturesTest {
    record Vector(
            String name,
            SortedMap<String, Object> payload,
            String key,
            String address,
            long timestamp,
            String canonicalJson,
            String digest,
            String signature) {
        @Override
        public String toString() {
            return name + " by " + address;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        JsonNode file =
                new ObjectMapper().readTree(RequestSignaturesTest.class.getResourceAsStream("relay-signatures.json"));
        return StreamSupport.stream(file.get("vectors").spliterator(), false).map(RequestSignaturesTest::vector);
    }

    private static Vector vector(JsonNode json) {
        var payload = new TreeMap<String, Object>();
        json.get("payload").properties().forEach(member -> {
            boolean number = member.getKey().equals("task_id");
            String text = member.getValue().asText();
            payload.put(member.getKey(), number ? new BigInteger(text) : text);
        });
        return new Vector(
                json.get("name").asText(),
                payload,
                json.get("privateKey").asText(),
                json.get("address").asText().toLowerCase(Locale.ROOT),
                json.get("timestamp").asLong(),
                json.get("canonicalJson").asText(),
                json.get("digest").asText(),
                json.get("signature").asText());
    }

    private static SignatureCheck at(long seconds) {
        return new SignatureCheck(Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
    }

    @Test
    void thereAreVectors() throws IOException {
        assertThat(vectors()).hasSize(15);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aSignatureTellsItsSigner(Vector vector) throws RelayRefusal {
        assertThat(CanonicalJson.of(vector.payload())).isEqualTo(vector.canonicalJson());
        assertThat(Numeric.toHexString(SignatureCheck.digest(vector.payload(), vector.timestamp())))
                .isEqualTo(vector.digest());
        assertThat(at(vector.timestamp()).signer(vector.payload(), vector.timestamp(), vector.signature()))
                .isEqualTo(vector.address());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theRelaysOwnSignaturesAreTheSame(Vector vector) {
        byte[] digest = SignatureCheck.digest(vector.payload(), vector.timestamp());
        assertThat(SignatureCheck.sign(digest, Credentials.create(vector.key()).getEcKeyPair()))
                .isEqualTo(vector.signature());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aChangedTimeIsAnotherSigner(Vector vector) {
        byte[] digest = SignatureCheck.digest(vector.payload(), vector.timestamp() + 1);
        assertThat(SignatureCheck.recover(digest, vector.signature())).isNotEqualTo(Optional.of(vector.address()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aChangedParameterIsAnotherSigner(Vector vector) {
        var payload = new TreeMap<>(vector.payload());
        payload.compute("task_id", (name, id) -> ((BigInteger) id).add(BigInteger.ONE));
        byte[] digest = SignatureCheck.digest(payload, vector.timestamp());
        assertThat(SignatureCheck.recover(digest, vector.signature())).isNotEqualTo(Optional.of(vector.address()));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void theOtherRecoveryNumberIsAnotherSigner(Vector vector) {
        byte[] digest = SignatureCheck.digest(vector.payload(), vector.timestamp());
        boolean zero = vector.signature().endsWith("00");
        String other = vector.signature().substring(0, 130) + (zero ? "01" : "00");
        assertThat(SignatureCheck.recover(digest, other)).isNotEqualTo(Optional.of(vector.address()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1b", "1c", "02", "ff"})
    void recoveryNumbersOtherThan0And1AreRefused(String v) throws IOException {
        Vector vector = vectors().findFirst().orElseThrow();
        assertRefused(vector, vector.signature().substring(0, 130) + v);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0x",
                "none",
                "0x00",
                "0x0000000000000000000000000000000000000000000000000000000000000000"
                        + "000000000000000000000000000000000000000000000000000000000000000000",
                "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                        + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff00"
            })
    void whatIsNoSignatureIsRefused(String signature) throws IOException {
        assertRefused(vectors().findFirst().orElseThrow(), signature);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, -1, 0, 1, 60})
    void aClockUpToAMinuteOffIsFine(long off) throws IOException, RelayRefusal {
        Vector vector = vectors().findFirst().orElseThrow();
        assertThat(at(vector.timestamp() + off).signer(vector.payload(), vector.timestamp(), vector.signature()))
                .isEqualTo(vector.address());
    }

    @ParameterizedTest
    @ValueSource(longs = {-61, 61, 3600, -1_700_000_000})
    void aClockFurtherOffIsRefused(long off) throws IOException {
        Vector vector = vectors().findFirst().orElseThrow();
        assertThatThrownBy(() ->
                        at(vector.timestamp() + off).signer(vector.payload(), vector.timestamp(), vector.signature()))
                .isInstanceOf(RelayRefusal.class)
                .hasMessage("Invalid signature");
    }

    private static void assertRefused(Vector vector, String signature) {
        assertThatThrownBy(() -> at(vector.timestamp()).signer(vector.payload(), vector.timestamp(), signature))
                .isInstanceOfSatisfying(RelayRefusal.class, refusal -> assertThat(refusal.field())
                        .isEqualTo("signature"))
                .hasMessage("Invalid signature");
    }
}
