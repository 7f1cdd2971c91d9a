// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.devnet.relaynet.RelayRecording;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Relay's answers to validations with wrong proofs, keys and task ids, as recorded. */
class RecordedValidationsTest {
    private static final RelayRecording RECORDING = RelayRecording.of("45-validate-errors");

    /** Answers of other checks: fields that are missing, tasks that are not there or in another state, the signature. */
    private static final Set<String> OF_OTHER_CHECKS =
            Set.of("illegal task state", "record not found", "task group records are incomplete", "required");

    static Stream<Exchange> validations() {
        return RECORDING
                .exchanges()
                .filter(exchange -> exchange.path().endsWith("/validate"))
                .filter(exchange -> exchange.status() != 400 && !OF_OTHER_CHECKS.contains(exchange.message()));
    }

    @ParameterizedTest
    @MethodSource("validations")
    void isAnsweredAsByTheRelay(Exchange exchange) {
        JsonNode body = exchange.request().at("/body/json");
        JsonNode commitments = body.path("task_id_commitments");
        JsonNode first = task(commitments.path(0).textValue());
        Check check = () -> {
            for (JsonNode commitment : commitments) {
                SamplingProofs.checkTaskId(
                        body.path("task_id").textValue(),
                        task(commitment.textValue()).path("nonce").textValue(),
                        commitment.textValue());
            }
            new SamplingProofs(SamplingProofs.DEFAULT_MODULUS)
                    .check(
                            first.path("sampling_seed").textValue(),
                            body.path("vrf_proof").textValue(),
                            body.path("public_key").textValue(),
                            first.path("creator").textValue(),
                            commitments.size() == 3);
        };

        if (exchange.status() == 200) {
            assertThatCode(check::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check::run).isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                assertThat(refused.status()).isEqualTo(500);
                assertThat(refused.getMessage()).isEqualTo(exchange.message());
            });
        }
    }

    @Test
    void allAreHere() {
        assertThat(validations()).hasSizeGreaterThanOrEqualTo(23);
    }

    /** The first created of a group is the one with the lowest sequence; in the recording it is also the first named. */
    private static JsonNode task(String commitment) {
        return RECORDING
                .exchanges()
                .filter(exchange ->
                        exchange.isCreation() && exchange.pathPart(2).equals(commitment))
                .map(exchange -> exchange.answer().path("data"))
                .findFirst()
                .orElseThrow();
    }

    private interface Check {
        void run() throws RequestRefusedException;
    }
}
