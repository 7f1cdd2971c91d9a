// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spellings of names and numbers, and images, on which the Relay's schema, its price calculation and other programs differ: we
 * refuse what the Relay's own functions refuse. The source of the verdicts is named in their file.
 */
class RelayVerdictsTest {

    static Iterable<JsonNode> verdicts() {
        return Resources.json("relay-create-verdicts.json").path("verdicts");
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void areOurs(JsonNode verdict) {
        TaskKind kind = TaskKind.of(verdict.path("kind").asText());
        String body = verdict.path("body").asText();
        List<Violation> violations = TaskSchema.of(kind).validate(body);
        List<Violation> refusals = TaskRefusals.of(kind, body);

        switch (verdict.path("create").asText()) {
            case "accepted" -> {
                assertThat(violations).isEmpty();
                assertThat(refusals).isEmpty();
            }
            case "pricing" -> {
                assertThat(violations).isEmpty();
                assertThat(refusals).isNotEmpty();
            }
            default -> assertThat(violations).isNotEmpty();
        }
    }

    @Test
    void areMany() {
        assertThat(verdicts()).hasSize(115);
    }
}
