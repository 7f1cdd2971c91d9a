// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.schema.Resources;
import io.crynux.client.task.TaskKind;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each judged body becomes a form exactly if the Relay would create a task of it. */
class CorpusFormsTest {

    /**
     * Bodies of the older corpus, which has the schema's verdict only, that the price calculation refuses; judged by the
     * functions of the Relay's code (24ffc26).
     */
    private static final Set<String> REFUSED_BY_THE_PRICE_CALCULATION = Set.of(
            "valid-repr-steps-1e2.json",
            "valid-repr-steps-20-point-0.json",
            "valid-sys-image-height-minus-one.json",
            "valid-content-image-base64-of-text.json",
            "valid-max-new-tokens-negative.json",
            "valid-sys-generation-low.json",
            "valid-sys-image-large.json",
            "valid-sys-image-one-char.json",
            "valid-sys-image-unicode.json");

    static Stream<Arguments> bodiesOfTheRelay() {
        return Stream.of("sd", "gpt", "sd-ft-lora", "validators-disagree", "not-json")
                .flatMap(folder -> bodies("corpus-relay/" + folder));
    }

    static Stream<Arguments> olderBodies() {
        return Stream.of("sd", "gpt", "sd-ft-lora").flatMap(folder -> bodies("corpus/" + folder));
    }

    static Stream<Path> examples() {
        return Resources.jsonFiles("examples-tasks").stream();
    }

    private static Stream<Arguments> bodies(String folder) {
        JsonNode manifest = Resources.manifest(folder);
        return Resources.jsonFiles(folder).stream()
                .filter(file -> !file.endsWith("manifest.json"))
                .map(file -> {
                    String name = file.getFileName().toString();
                    JsonNode facts = manifest.path(name);
                    String kind = facts.path("kind")
                            .asText(file.getParent().getFileName().toString());
                    return Arguments.of(TaskKind.of(kind), name, Resources.text(file), facts);
                });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodiesOfTheRelay")
    void isThereIfTheRelayCreatesATask(TaskKind kind, String name, String body, JsonNode facts) {
        boolean deeperThanWeRead = facts.path("why").asText().equals("deep");

        if (!facts.path("relay_create").asText().equals("accepted") || deeperThanWeRead) {
            assertRefused(kind, body);
        } else if (!facts.path("stricter_client_ok").asBoolean()) {
            assertThat(Forms.of(kind, body).terms().models()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("olderBodies")
    void isThereIfTheSchemaOfTheOlderCorpusAcceptsTheBody(TaskKind kind, String name, String body, JsonNode facts) {
        boolean valid = facts.path("json_schema_verdict").asText().equals("valid");

        if (!valid || REFUSED_BY_THE_PRICE_CALCULATION.contains(name)) {
            assertRefused(kind, body);
        } else if (!facts.path("rule_class").asText().equals("discriminator-quirk")) {
            assertThat(Forms.of(kind, body).terms().models()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isThereForEachExample(Path example) {
        String kind = example.getFileName().toString().replaceFirst("^(gpt|sd-ft-lora|sd)?.*$", "$1");

        assertThat(Forms.of(kind.isEmpty() ? TaskKind.SD : TaskKind.of(kind), Resources.text(example)))
                .isNotNull();
    }

    @Test
    void isAskedForEachBody() {
        assertThat(bodiesOfTheRelay()).hasSize(344);
        assertThat(olderBodies()).hasSize(569);
        assertThat(examples()).hasSize(11);
    }

    private static void assertRefused(TaskKind kind, String body) {
        assertThatThrownBy(() -> Forms.of(kind, body))
                .isInstanceOfSatisfying(InvalidTaskException.class, e -> assertThat(e.violations())
                        .isNotEmpty());
    }
}
