// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every judged body of the corpus gets its recorded verdict from our schemas. */
class CorpusTest {

    /**
     * The one place where we differ on purpose: the network's schema lets a scheduler without method pass if its args happen
     * to fit one branch only. The nodes refuse it, after the payment.
     */
    private static final String EXCEPTION = "discriminator-quirk";

    /** Other validators take its format for an annotation, and name no place. */
    private static final String CHECKED_BY_THE_RELAY_ALONE = "/dataset/url";

    static Stream<Arguments> bodies() {
        return Stream.of(TaskKind.values()).flatMap(kind -> {
            JsonNode manifest = Resources.manifest("corpus/" + kind.id());
            return Resources.jsonFiles("corpus/" + kind.id()).stream()
                    .filter(file -> !file.endsWith("manifest.json"))
                    .map(file -> Arguments.of(
                            kind,
                            file.getFileName().toString(),
                            file,
                            manifest.path(file.getFileName().toString())));
        });
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodies")
    void getsItsVerdict(TaskKind kind, String name, Path file, JsonNode facts) {
        assertThat(facts.isObject()).as("facts on " + name).isTrue();
        List<Violation> violations = TaskSchema.of(kind).validate(Resources.text(file));

        if (facts.path("rule_class").asText().equals(EXCEPTION)) {
            assertThat(facts.path("json_schema_verdict").asText()).isEqualTo("valid");
            assertThat(facts.path("pydantic_model_verdict").asText()).isEqualTo("invalid");
            assertThat(violations).contains(new Violation("/scheduler", "lacks the required member \"method\""));
        } else if (facts.path("json_schema_verdict").asText().equals("valid")) {
            assertThat(violations).isEmpty();
        } else {
            assertThat(violations).isNotEmpty();
            List<String> places = placesOf(facts);
            assertThat(violations)
                    .as("at a place that other validators name: %s", places)
                    .anyMatch(violation -> places.stream().anyMatch(place -> isAt(violation.pointer(), place)));
        }
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void theManifestNamesNoOtherBodies(TaskKind kind) {
        assertThat(Resources.jsonFiles("corpus/" + kind.id()))
                .hasSize(Resources.manifest("corpus/" + kind.id()).size() + 1);
    }

    @Test
    void theCorpusIsWhole() {
        assertThat(bodies()).hasSize(569);
        assertThat(bodies().map(body -> (JsonNode) body.get()[3]))
                .filteredOn(facts -> facts.path("rule_class").asText().equals(EXCEPTION))
                .hasSize(2);
    }

    private static List<String> placesOf(JsonNode facts) {
        if (facts.path("first_errors").isEmpty()) {
            return List.of(CHECKED_BY_THE_RELAY_ALONE);
        }
        return facts.path("first_errors")
                .valueStream()
                .map(error -> error.asText().split(" ", 2)[0])
                .toList();
    }

    /** The list of errors is cut, and often full of branches whose method was not chosen: then any place beside it will do. */
    private static boolean isAt(String pointer, String place) {
        String method = "/method";
        return place.endsWith(method)
                ? pointer.startsWith(place.substring(0, place.length() - method.length()))
                : pointer.equals(place);
    }
}
