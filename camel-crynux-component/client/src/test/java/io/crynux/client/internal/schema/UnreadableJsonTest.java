// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is no JSON, or no JSON that we take, ends in one violation that says where. */
class UnreadableJsonTest {

    private static String problem(String json) {
        assertThat(TaskSchema.of(TaskKind.GPT).validate(json)).hasSize(1);
        Violation violation = TaskSchema.of(TaskKind.GPT).validate(json).get(0);
        assertThat(violation.pointer()).isEmpty();
        assertThat(violation.problem()).hasSizeLessThan(320).doesNotContain("Feature");
        return violation.problem();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '$',
            value = {
                "{\"model\":}|line 1, column 10|Unexpected character",
                "{\"model\":\"m\"|line 1, column 13|Unexpected end-of-input",
                "a cat on a mat|line 1, column 2|Unrecognized token 'a'",
                "{\"a\":1,\"a\":2}|line 1, column 11|Duplicate field 'a'",
                "{\"a\":NaN}|line 1, column 9|'NaN'",
                "{\"a\":-Infinity}|line 1|-Infinity",
                "{} {}|line 1, column 4|Trailing token",
                "{'a':1}|line 1, column 2|double-quote",
                "{\"a\":1,}|line 1, column 8|double-quote",
                "{\"a\":01}|line 1|zeroes",
                "/* c */ {}|line 1|comment?"
            })
    void isToldWithItsPlace(String json, String place, String what) {
        assertThat(problem(json))
                .startsWith("is not valid JSON")
                .contains(place)
                .contains(what);
    }

    @Test
    void linesAreCounted() {
        assertThat(problem("{\n  \"model\": \"m\",\n  oops\n}")).contains("line 3, column");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t"})
    void emptyTextIsTold(String json) {
        assertThat(problem(json)).isEqualTo("is not JSON: the text is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deepNestingEndsInAViolation(String opening) {
        assertThat(problem(opening.repeat(500_000)))
                .contains("depth (1001)")
                .contains("(1000)")
                .doesNotContain("StreamRead");
    }

    @Test
    void deepTreesEndInAViolation() {
        ArrayNode innermost = JsonNodeFactory.instance.arrayNode();
        ArrayNode root = innermost;
        for (int i = 0; i < 100_000; i++) {
            root = JsonNodeFactory.instance.arrayNode().add(root);
        }
        assertThat(TaskSchema.of(TaskKind.GPT).validate(root))
                .singleElement()
                .satisfies(violation -> assertThat(violation.problem()).contains("depth"));
    }

    @Test
    void depthsOfRealToolsPass() {
        String tools = "[{\"a\":" + "[".repeat(990) + "]".repeat(990) + "}]";
        assertThat(TaskSchema.of(TaskKind.GPT).validate("{\"model\":\"m\",\"messages\":[],\"tools\":" + tools + "}"))
                .isEmpty();
    }

    @Test
    void wholeNumbersThatADoubleCannotHoldEndInAViolation() {
        assertThat(TaskSchema.of(TaskKind.GPT)
                        .validate("{\"model\":\"m\",\"messages\":[],\"seed\":" + "9".repeat(309) + "}"))
                .containsExactly(new Violation("/seed", "is a number beyond the range of 64-bit floating point"));
    }

    @Test
    void hugeNumbersEndInAViolation() {
        assertThat(problem("{\"seed\":" + "9".repeat(100_000) + "}")).contains("Number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "1e401",
                "1e309",
                "-1.8e308",
                "0e999999999",
                "1.0e-2000000000"
            })
    void numbersThatNobodyCanHoldEndInAViolation(String number) {
        assertThat(TaskSchema.of(TaskKind.GPT)
                        .validate("{\"model\":\"m\",\"messages\":[],\"quantize_bits\":4,\"tools\":[{\"a/b\":[0,"
                                + number + "]}]}"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo("/tools/0/a~1b/1");
                    assertThat(violation.problem()).isEqualTo("is a number beyond the range of 64-bit floating point");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1.7976931348623157e308", "4.9e-324", "0e0", "0.0", "-0.0", "123456789012345678901234567890"})
    void numbersInRangePass(String number) {
        assertThat(TaskSchema.of(TaskKind.GPT)
                        .validate("{\"model\":\"m\",\"messages\":[],\"tools\":[{\"a\":" + number + "}]}"))
                .isEmpty();
    }

    @Test
    void documentsBeyondTheRelaysLimitEndInAViolation() {
        String ascii = "{\"model\":\"" + "m".repeat(TaskJson.MAX_BYTES) + "\",\"messages\":[]}";
        String threeBytesEach = "{\"model\":\"" + "\u6f22".repeat(TaskJson.MAX_BYTES / 3) + "\",\"messages\":[]}";

        assertThat(problem(ascii)).isEqualTo("is longer than 33554432 bytes, the maximum that the Relay accepts");
        assertThat(problem(threeBytesEach)).startsWith("is longer than");
    }

    @Test
    void documentsUpToTheLimitPass() {
        String frame = "{\"model\":\"\",\"messages\":[]}";
        String json = "{\"model\":\"" + "m".repeat(TaskJson.MAX_BYTES - frame.length()) + "\",\"messages\":[]}";
        assertThat(TaskSchema.of(TaskKind.GPT).validate(json)).isEmpty();
    }

    @Test
    void readingThrowsTheSameViolation() {
        assertThatThrownBy(() -> TaskJson.read("{\"a\":1,\"a\":2}"))
                .isInstanceOfSatisfying(InvalidTaskException.class, e -> assertThat(e.violations())
                        .hasSize(1))
                .hasMessageContaining("Duplicate field 'a'");
        assertThat(TaskJson.read("{\"a\":20.0}").path("a").asText()).isEqualTo("20.0");
    }
}
