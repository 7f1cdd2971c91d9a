// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that the Relay's own code has judged get its verdict from our schemas, before anything is paid. */
class RelayCorpusTest {
    private static final List<String> ODD = List.of("validators-disagree", "not-json");

    static Stream<Arguments> bodies() {
        return Stream.of(TaskKind.values()).flatMap(kind -> bodies(kind.id()));
    }

    static Stream<Arguments> oddBodies() {
        return ODD.stream().flatMap(RelayCorpusTest::bodies);
    }

    private static Stream<Arguments> bodies(String folder) {
        JsonNode manifest = Resources.manifest("corpus-relay/" + folder);
        return Resources.jsonFiles("corpus-relay/" + folder).stream()
                .filter(file -> !file.endsWith("manifest.json"))
                .map(file -> Arguments.of(
                        folder,
                        file.getFileName().toString(),
                        Resources.text(file),
                        manifest.path(file.getFileName().toString())));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodies")
    void isInvalidExactlyWhereTheSchemaOfTheRelaySaysSo(String kind, String name, String body, JsonNode facts) {
        List<Violation> violations = TaskSchema.of(TaskKind.of(kind)).validate(body);

        if (facts.path("json_schema_verdict").asText().equals("invalid")) {
            assertThat(violations).isNotEmpty();
        } else if (!facts.path("stricter_client_ok").asBoolean()) {
            assertThat(violations).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodies")
    void isRefusedExactlyWhereTheRelayCreatesNoTask(String kind, String name, String body, JsonNode facts) {
        boolean created = facts.path("relay_create").asText().equals("accepted");

        if (!created || !facts.path("stricter_client_ok").asBoolean()) {
            assertThat(isRefused(TaskKind.of(kind), body)).isEqualTo(!created);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("oddBodies")
    void isRefusedWhereTheRelayCannotReadItOrValidatorsDisagreeAboutIt(
            String folder, String name, String body, JsonNode facts) {
        TaskKind kind = TaskKind.of(facts.path("kind").asText());

        // Deeper than our reader goes, and than those of nodes do.
        boolean tooDeep = facts.path("why").asText().equals("deep");
        assertThat(isRefused(kind, body))
                .isEqualTo(!facts.path("relay_create").asText().equals("accepted") || tooDeep);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("bodies")
    void getsTheVerdictOfJuly2024FromTheSchemasOfThatTime(String kind, String name, String body, JsonNode facts) {
        if (kind.equals("sd-ft-lora")) {
            return;
        }
        List<Violation> violations =
                TaskSchema.of(SchemaRelease.JULY_2024, TaskKind.of(kind)).validate(body);

        if (facts.path("schema_of_july_2024").asText().equals("invalid")) {
            assertThat(violations).isNotEmpty();
        } else if (!facts.path("stricter_client_ok").asBoolean()) {
            assertThat(violations).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TaskKind.class)
    void theManifestNamesNoOtherBodies(TaskKind kind) {
        assertThat(Resources.jsonFiles("corpus-relay/" + kind.id()))
                .hasSize(Resources.manifest("corpus-relay/" + kind.id()).size() + 1);
    }

    @Test
    void theCorpusIsWhole() {
        assertThat(bodies()).hasSize(319);
        assertThat(oddBodies()).hasSize(25);
    }

    private static boolean isRefused(TaskKind kind, String body) {
        return !TaskSchema.of(kind).validate(body).isEmpty()
                || !TaskRefusals.of(kind, body).isEmpty();
    }
}
