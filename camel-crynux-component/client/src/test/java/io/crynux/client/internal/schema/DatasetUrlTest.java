// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The URL of a dataset is an absolute URI in the Relay's sense; the verdicts are those of the Go library that it uses. */
class DatasetUrlTest {

    static Iterable<JsonNode> absolute() {
        return verdicts("absolute");
    }

    static Iterable<JsonNode> other() {
        return verdicts("other");
    }

    private static JsonNode verdicts(String which) {
        return Resources.json("go-uris.json").path(which);
    }

    @ParameterizedTest
    @MethodSource("absolute")
    void passes(JsonNode url) {
        assertThat(violations(url.textValue())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("other")
    void isRefused(JsonNode url) {
        assertThat(violations(url.textValue()))
                .isNotEmpty()
                .allMatch(violation -> violation.pointer().equals("/dataset/url"));
    }

    @Test
    void theMessageSaysWhatIsWantedAndKeepsTheTokenInTheAddress() {
        assertThat(violations("example.org/set.zip?token=hush"))
                .containsExactly(new Violation(
                        "/dataset/url",
                        "must be an absolute URI, such as https://example.org/set.zip: a scheme first, no control"
                                + " characters, every % followed by two hexadecimal digits, a port that is a number"));
    }

    @Test
    void isLookedAtHoweverLongItIs() {
        assertThat(violations("https://a/" + "%41".repeat(1_000_000))).hasSize(1);
        assertThat(violations("x".repeat(3_000_000))).hasSize(2);
        assertThat(violations("http://[" + "1:".repeat(1_000_000) + "]/")).hasSize(2);
    }

    private static List<Violation> violations(String url) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        parameters.putObject("model").put("name", "m");
        parameters.putObject("dataset").put("url", url);
        parameters.putObject("validation");
        parameters.putObject("train_args");
        return TaskSchema.of(TaskKind.SD_FT_LORA).validate(TaskJson.write(parameters));
    }
}
