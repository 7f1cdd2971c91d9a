// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.RelayRecording;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Relay's answers to right and wrong signatures, as recorded. */
class RecordedSignaturesTest {
    private static final RelayRecording SIGNATURES = RelayRecording.of("40-signatures");

    /** Refused before the signature counts: parameters that are missing or cannot be read. */
    private static final Set<String> NOT_BOUND = Set.of("Timestamp", "timestamp");

    static Stream<Exchange> readings() {
        return SIGNATURES
                .exchanges()
                .filter(exchange -> exchange.path().matches("/v1/inference_tasks/0x[0-9a-f]{64}"))
                .filter(exchange ->
                        exchange.request().path("method").textValue().equals("GET"))
                .filter(RecordedSignaturesTest::isBound);
    }

    static Stream<Exchange> balances() {
        return SIGNATURES.exchanges().filter(exchange -> exchange.path().endsWith("/balance"));
    }

    static Stream<Exchange> creations() {
        return Stream.of("40-signatures", "42-task-args-refused", "43-create-fields", "47-create-more")
                .map(RelayRecording::of)
                .flatMap(RelayRecording::exchanges)
                .filter(Exchange::isCreation)
                .filter(exchange -> exchange.status() == 200
                        || exchange.answer().at("/data/field_name").asText().equals("task_fee"))
                // Signed rightly, and more than the creator has.
                .filter(exchange -> !exchange.toString().contains("task_fee '9999"));
    }

    private static boolean isBound(Exchange exchange) {
        return !NOT_BOUND.contains(exchange.answer().at("/data/field_name").asText())
                && !"required".equals(exchange.message());
    }

    @ParameterizedTest
    @MethodSource("readings")
    void readingATask(Exchange exchange) throws RequestRefusedException {
        var signatures = new RequestSignatures(exchange.clock());
        JsonNode query = exchange.request().path("query");
        Map<String, Object> fields = Map.of("task_id_commitment", exchange.pathPart(2));
        long timestamp = query.path("timestamp").longValue();
        String signature = query.path("signature").textValue();

        if (exchange.status() == 200) {
            assertThat(signatures.signer(fields, timestamp, signature))
                    .isEqualTo(exchange.answer().at("/data/creator").textValue());
        } else if ("Signer not allowed".equals(exchange.message())) {
            assertThat(signatures.signer(fields, timestamp, signature)).isNotEqualTo(taskCreator(exchange));
        } else {
            assertThatThrownBy(() -> signatures.signer(fields, timestamp, signature))
                    .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                        assertThat(refused.status()).isEqualTo(exchange.status());
                        assertThat(refused.getMessage()).isEqualTo(exchange.message());
                    });
        }
    }

    private static String taskCreator(Exchange reading) {
        return SIGNATURES
                .exchanges()
                .filter(exchange -> exchange.path().equals(reading.path()) && exchange.status() == 200)
                .map(exchange -> exchange.answer().at("/data/creator").textValue())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("balances")
    void askingForABalance(Exchange exchange) throws RequestRefusedException {
        var login = new WalletLogin(exchange.clock(), "secret".getBytes(StandardCharsets.UTF_8), Duration.ofHours(1));
        JsonNode query = exchange.request().path("query");
        String address = exchange.pathPart(2);
        Check check = () -> WalletLogin.requireOwner(
                address,
                login.requireTokenOrSignature(
                        null,
                        Map.of("address", address),
                        query.path("timestamp").asText(),
                        query.path("signature").textValue()));

        if (exchange.status() == 200) {
            check.run();
        } else {
            assertThatThrownBy(check::run).isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                assertThat(refused.status()).isEqualTo(exchange.status());
                assertThat(refused.getMessage()).isEqualTo(exchange.message());
            });
        }
    }

    @ParameterizedTest
    @MethodSource("creations")
    void creatingATask(Exchange exchange) throws RequestRefusedException {
        String signer = new RequestSignatures(exchange.clock())
                .signer(
                        exchange.boundFields(),
                        Long.parseLong(exchange.field("timestamp")),
                        exchange.field("signature"));

        if (exchange.status() == 200) {
            assertThat(signer).isEqualTo(exchange.answer().at("/data/creator").textValue());
        } else {
            // Somebody without money.
            RelayRecording recording = RelayRecording.of(exchange.recording());
            assertThat(signer).isNotIn(recording.address("creator"), recording.address("other"));
        }
    }

    private interface Check {
        void run() throws RequestRefusedException;
    }
}
