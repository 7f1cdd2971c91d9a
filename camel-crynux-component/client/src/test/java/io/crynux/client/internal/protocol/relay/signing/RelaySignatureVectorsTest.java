// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.internal.relayhttp.CanonicalJson;
import io.crynux.client.internal.relayhttp.RequestSigner.SignedAt;
import io.crynux.client.internal.signing.CheckedSigner;
import io.crynux.client.wallet.Signer;
import io.crynux.client.wallet.Wallets;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures are those that the Bridge's Go code makes and the Relay's verifies, to the byte. */
class RelaySignatureVectorsTest {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor();
    private static final String KEY = "0x" + "46".repeat(32);

    @AfterAll
    static void stop() {
        TIMER.shutdownNow();
    }

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = RelaySignatureVectorsTest.class.getResourceAsStream("/relay-head-signatures.json")) {
            return StreamSupport.stream(
                    new ObjectMapper().readTree(file).get("vectors").spliterator(), false);
        }
    }

    private static SignedFields fields(JsonNode payload) {
        SignedFields fields = new SignedFields();
        payload.properties().forEach(field -> add(fields, field.getKey(), field.getValue()));
        return fields;
    }

    private static void add(SignedFields fields, String name, JsonNode value) {
        if (value.isArray()) {
            List<String> texts = new ArrayList<>();
            value.forEach(text -> texts.add(text.textValue()));
            fields.texts(name, texts);
        } else if (value.isNumber()) {
            fields.number(name, value.longValue());
        } else {
            fields.text(name, value.textValue());
        }
    }

    private static RelaySigner signer(String key, long seconds) {
        Instant now = Instant.ofEpochSecond(seconds);
        Signer wallet = Wallets.ofPrivateKey(key);
        RelayClock clock =
                new RelayClock(Clock.fixed(now, ZoneOffset.UTC), () -> 0, () -> CompletableFuture.completedFuture(now));
        return new RelaySigner(wallet.address(), new CheckedSigner(wallet, Runnable::run, TIMER), clock);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void canonicalJsonIsTheRecordedOne(JsonNode vector) {
        assertThat(CanonicalJson.of(fields(vector.get("payload")).asMap()))
                .isEqualTo(vector.get("canonicalJson").textValue());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void signatureIsTheRecordedOne(JsonNode vector) {
        long seconds = vector.get("timestamp").longValue();

        SignedAt signed = signer(vector.get("privateKey").textValue(), seconds)
                .sign(fields(vector.get("payload")))
                .join();

        assertThat(signed.timestamp()).isEqualTo(seconds);
        assertThat(signed.signature()).isEqualTo(vector.get("signature").textValue());
    }

    @Test
    void addressIsInChecksumForm() {
        assertThat(signer(KEY, 0).address()).isEqualTo("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    }

    /** relay protocol, section 2.2, number 4. */
    @Test
    void indexOfAResultIsSignedAsText() {
        SignedFields fields = SignedFields.ofTask("0x3e92e0db88d6afea9edc4eedf62fffa4d92bcdfc310dccbe943747fe8302e871")
                .text("index", "0");

        assertThat(signer(KEY, 1_785_000_000).sign(fields).join().signature())
                .isEqualTo("0xaa0e86374c8a3ccf481987a843ba96e3555ab8f1332df764755d7b39d68ad11a5fa40bb76ac156ccefcb6428d"
                        + "7f2207f41e108310feb857d6f219c747bbf25d600");
    }

    /** relay protocol, section 2.3; the vector has v as 1c, here 01. */
    @Test
    void loginIsAnEthereumMessage() {
        assertThat(signer(KEY, 1_785_000_000).signLogin().join().signature())
                .isEqualTo(
                        "0x44f1738038af1c4b31c73a7bd62ad923d4756231d3c9232eb05c2f0d1dcf3aa5761a8e302c809c4450fa75137d"
                                + "8362d6359ca18c9e3b02fb521bb57cce28a79701");
    }

    @Test
    void signatureIsInNoText() {
        SignedAt signed = signer(KEY, 1).sign(SignedFields.ofTask("secret")).join();

        assertThat(signed.toString()).doesNotContain(signed.signature());
        assertThat(SignedFields.ofTask("secret").toString()).doesNotContain("secret");
    }
}
