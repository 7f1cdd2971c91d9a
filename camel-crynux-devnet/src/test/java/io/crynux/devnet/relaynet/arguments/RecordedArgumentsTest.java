// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.arguments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.devnet.relaynet.RelayRecording;
import io.crynux.devnet.relaynet.RelayRecording.Exchange;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real Relay's answers to creations with right and wrong parameters, as recorded. */
class RecordedArgumentsTest {
    static Stream<Exchange> creations() {
        return Stream.of("42-task-args-refused", "43-create-fields", "47-create-more")
                .map(RelayRecording::of)
                .flatMap(RelayRecording::exchanges)
                .filter(Exchange::isCreation)
                .filter(creation -> creation.field("task_args") != null
                        && !creation.field("task_args").isEmpty())
                // A type that does not fit into eight bits is refused where the fields are read.
                .filter(creation -> type(creation) >= 0 && type(creation) <= 255);
    }

    static Stream<Exchange> accepted() {
        return creations().filter(creation -> !isAboutParameters(creation));
    }

    static Stream<Exchange> refused() {
        return creations().filter(RecordedArgumentsTest::isAboutParameters);
    }

    /** A 500 without a body is a panic before the parameters are looked at. */
    private static boolean isAboutParameters(Exchange creation) {
        boolean refusedText = creation.status() == 500 && creation.message() != null;
        boolean refusedSchema =
                creation.answer().at("/data/field_name").asText().equals("task_args")
                        && !creation.message().equals("required");
        return refusedText || refusedSchema;
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isAccepted(Exchange creation) throws RequestRefusedException {
        String rewritten = ArgumentCheck.rewritten(type(creation), creation.field("task_args"));

        assertThat(ArgumentCheck.workload(type(creation), rewritten)).isNotNull();
        if (creation.status() == 200) {
            assertThat(rewritten)
                    .isEqualTo(creation.answer().at("/data/task_args").textValue());
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefused(Exchange creation) {
        assertThatThrownBy(() -> ArgumentCheck.workload(
                        type(creation), ArgumentCheck.rewritten(type(creation), creation.field("task_args"))))
                .isInstanceOfSatisfying(RequestRefusedException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(creation.status());
                    assertThat(withoutUrl(refused.getMessage())).isEqualTo(withoutUrl(creation.message()));
                });
    }

    @Test
    void allAreHere() {
        assertThat(refused()).hasSizeGreaterThanOrEqualTo(35);
        assertThat(accepted()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static long type(Exchange creation) {
        return creation.field("task_type") == null ? 0 : Long.parseLong(creation.field("task_type"));
    }

    private static String withoutUrl(String message) {
        return message.replaceFirst("https?://[^#]*#", "#");
    }
}
