// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.crynux.client.error.InvalidTaskException.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of users: taken if valid, refused with a reason if not, never a reason to load anything. */
class CustomSchemaTest {

    @Test
    void narrowsWhatIsAllowed() {
        TaskSchema schema = TaskSchema.fromJson(
                """
                {"properties": {"model": {"const": "Qwen/Qwen3-8B"}, "prompt": {"pattern": "^[a-z ]*$", "maxLength": 5}}}
                """);
        assertThat(schema.validate("{\"model\":\"Qwen/Qwen3-8B\",\"prompt\":\"a cat\"}"))
                .isEmpty();
        assertThat(schema.validate("{\"model\":\"other\",\"prompt\":\"A \uD83D\uDE80 CAT\"}"))
                .containsExactly(
                        new Violation("/model", "must be \"Qwen/Qwen3-8B\", but is \"other\""),
                        new Violation("/prompt", "does not match the regex pattern ^[a-z ]*$"),
                        new Violation("/prompt", "must have at most 5 characters, but has 7"));
    }

    @Test
    void mayBeOfAnOlderDraft() {
        TaskSchema schema = TaskSchema.fromJson(
                "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"definitions\":{\"n\":{\"type\":\"integer\"}},"
                        + "\"properties\":{\"seed\":{\"$ref\":\"#/definitions/n\"}}}");
        assertThat(schema.validate("{\"seed\":\"x\"}"))
                .containsExactly(new Violation("/seed", "must be an integer, but is \"x\""));
    }

    @Test
    void doesNotAssertFormats() {
        assertThat(TaskSchema.fromJson("{\"format\":\"uri\"}").validate("\"no uri\""))
                .isEmpty();
    }

    @Test
    void boundsRecursion() {
        TaskSchema schema = TaskSchema.fromJson("{\"items\":{\"$ref\":\"#\"},\"type\":\"array\"}");
        assertThat(schema.validate("[".repeat(199) + "1" + "]".repeat(199)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.pointer()).isEqualTo("/0".repeat(199)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "{\"type\":\"integr\"}",
                "{\"minimum\":\"1\"}",
                "{\"$ref\":\"#/$defs/missing\"}",
                "{\"$ref\":\"http://127.0.0.1:9/schema.json\"}",
                "{\"$ref\":\"file:///etc/hostname\"}",
                "{\"$ref\":\"classpath:logback.xml\"}",
                "{\"$schema\":\"http://127.0.0.1:9/draft.json\"}"
            })
    void isRefusedWithAReason(String schema) {
        assertThatThrownBy(() -> TaskSchema.fromJson(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The parameters schema");
    }
}
