// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.wallet.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recorded request signatures of the network are ours to the byte. */
class RequestSignatureVectorsTest {
    /** Numbers on the wire, although the file has ids beyond 2^53 as strings. */
    private static final Set<String> NUMBERS = Set.of("task_id");

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void stop() {
        TIMER.shutdownNow();
    }

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = RequestSignatureVectorsTest.class.getResourceAsStream("/relay-signatures.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get("vectors").spliterator(), false);
        }
    }

    private static SortedMap<String, Object> payload(JsonNode vector) {
        SortedMap<String, Object> parameters = new TreeMap<>();
        vector.get("payload")
                .properties()
                .forEach(e -> parameters.put(
                        e.getKey(),
                        NUMBERS.contains(e.getKey())
                                ? new BigInteger(e.getValue().asText())
                                : e.getValue().textValue()));
        return parameters;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void canonicalJsonIsTheRecordedOne(JsonNode vector) {
        assertThat(CanonicalJson.of(payload(vector)))
                .isEqualTo(vector.get("canonicalJson").textValue());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signatureIsTheRecordedOne(JsonNode vector) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(vector.get("timestamp").longValue()), ZoneOffset.UTC);
        RequestSigner signer = new RequestSigner(
                new CheckedSigner(Wallets.ofPrivateKey(vector.get("privateKey").textValue()), Runnable::run, TIMER),
                clock);

        RequestSigner.SignedAt signed = signer.sign(payload(vector)).join();

        assertThat(signed.timestamp()).isEqualTo(vector.get("timestamp").longValue());
        assertThat(signed.signature()).isEqualTo(vector.get("signature").textValue());
    }
}
