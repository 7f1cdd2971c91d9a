// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.InvalidTaskException.Violation;
import io.crynux.client.task.TaskKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text tasks that the network takes the money for and then fails, or does not understand. */
class GptWarningsTest {
    private static final String GIF = "R0lGODlhAQABAAAAACw=";

    private static List<String> pointers(String json) {
        assertThat(TaskSchema.of(TaskKind.GPT).validate(json))
                .as("what we warn of is valid")
                .isEmpty();
        return TaskWarnings.of(TaskKind.GPT, json).stream()
                .map(Violation::pointer)
                .toList();
    }

    private static List<String> refusals(String json) {
        assertThat(TaskSchema.of(TaskKind.GPT).validate(json))
                .as("what we refuse beyond the schema is valid")
                .isEmpty();
        return TaskRefusals.of(TaskKind.GPT, json).stream()
                .map(Violation::pointer)
                .toList();
    }

    private static String with(String members) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + members + "}";
    }

    private static String message(String model, String message) {
        return "{\"model\":\"" + model + "\",\"messages\":[" + message + "]}";
    }

    private static String image(String base64) {
        return message(
                "m",
                "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"?\"},{\"type\":\"image\",\"base64\":\""
                        + base64 + "\"}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.0", "1e2", "-1", "99999999999999999999"})
    void tokensThatTheRelayRefuses(String tokens) {
        assertThat(refusals(with("\"generation_config\":{\"max_new_tokens\":" + tokens + "}")))
                .containsExactly("/generation_config/max_new_tokens");
    }

    @Test
    void noTokensAtAll() {
        String none = with("\"generation_config\":{\"max_new_tokens\":0}");
        assertThat(pointers(none)).containsExactly("/generation_config/max_new_tokens");
        assertThat(refusals(none)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_tokens", "max_completion_tokens", "stop", "n", "presence_penalty", "prompt", "input"})
    void namesOfOtherApis(String name) {
        assertThat(pointers(with("\"generation_config\":{\"" + name + "\":1}")))
                .containsExactly("/generation_config/" + name);
        assertThat(pointers(with("\"" + name + "\":1"))).containsExactly("/" + name);
    }

    @Test
    void membersInTheWrongPlace() {
        assertThat(pointers(with("\"temperature\":1,\"max_new_tokens\":5,\"stream\":true")))
                .containsExactly("/max_new_tokens", "/temperature", "/stream");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/gif;base64," + GIF,
                "R0lGODlhAQABAAAAACw",
                "R0lGODlhAQAB AAAAACw=",
                "R0lGODlhAAABAAAAACw=",
                "R0lGODlhAQAB",
                "SGVsbG8gd29ybGQ=",
                "R0lG*DlhAQABAAAAACw="
            })
    void imagesThatTheRelayRefuses(String base64) {
        assertThat(refusals(image(base64))).containsExactly("/messages/0/content/1/base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R0lGODlhAQAB\\nAAAAACw=", "\\t" + GIF, GIF + "\\r\\n", "\\u00a0" + GIF})
    void imagesWithWhiteSpaceThatTheRelayRemoves(String base64) {
        assertThat(refusals(image(base64))).isEmpty();
        assertThat(pointers(image(base64))).containsExactly("/messages/0/content/1/base64");
    }

    @Test
    void imagesAnywhereInTheMessages() {
        assertThat(refusals(message(
                        "m",
                        "{\"role\":\"assistant\",\"tool_calls\":[{\"a/b\":{\"type\":\"image\"}}]},"
                                + "{\"role\":\"user\",\"content\":\"hi\",\"type\":\"image\",\"base64\":\"?\"}")))
                .containsExactly("/messages/0/tool_calls/0/a~1b", "/messages/1/base64");
    }

    @Test
    void imagesThatNodesTake() {
        assertThat(pointers(image(GIF))).isEmpty();
        assertThat(refusals(image(GIF))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Qwen/Qwen2.5-7B-Instruct, true",
        "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B, true",
        "deepseek-ai/DeepSeek-R1, false",
        "deepseek-ai/DeepSeek-V3.2, false"
    })
    void argumentsOfToolCallsInTheWrongForm(String model, boolean wantsObject) {
        String where = "/messages/0/tool_calls/0/function/arguments";
        String call =
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":%s}}]}";

        assertThat(pointers(message(model, call.formatted("{}")))).isEqualTo(wantsObject ? List.of() : List.of(where));
        assertThat(pointers(message(model, call.formatted("\"{}\""))))
                .isEqualTo(wantsObject ? List.of(where) : List.of());
    }

    @Test
    void messagesThatSayNothing() {
        assertThat(pointers(message("m", ""))).containsExactly("/messages");
        assertThat(pointers(message("m", "{\"role\":\"user\",\"content\":\"\"},{\"role\":\"user\"}")))
                .containsExactly("/messages/0", "/messages/1");
        assertThat(pointers(message("m", "{\"content\":\"hi\"}"))).containsExactly("/messages/0");
    }

    @Test
    void namesOfModels() {
        assertThat(pointers(message("a+b", "{\"role\":\"user\",\"content\":\"hi\"}")))
                .containsExactly("/model");
        assertThat(pointers(message("https://example.test/m", "{\"role\":\"user\",\"content\":\"hi\"}")))
                .containsExactly("/model");
    }

    @Test
    void templateArgsThatAModelDrops() {
        String args = ",\"template_args\":{\"thinking\":true,\"effort\":1}}";
        String hi = "{\"role\":\"user\",\"content\":\"hi\"}";
        String dropping = message("deepseek-ai/DeepSeek-V3.2", hi);
        String other = message("m", hi);

        assertThat(pointers(dropping.substring(0, dropping.length() - 1) + args))
                .containsExactly("/template_args");
        assertThat(pointers(other.substring(0, other.length() - 1) + args)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "3",
                "{}",
                "{\"messages\":[1,{\"role\":\"user\",\"content\":[1],\"tool_calls\":[1]}]}"
            })
    void doNotTripOverInvalidParameters(String json) {
        assertThat(TaskWarnings.of(TaskKind.GPT, json)).isEmpty();
    }
}
