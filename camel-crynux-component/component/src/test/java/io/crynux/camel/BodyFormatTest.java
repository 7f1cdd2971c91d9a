// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.GptParameters;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.SdParameters;
import io.crynux.client.task.TaskKind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a body is taken for. */
class BodyFormatTest {
    private static final String PARAMETERS = "{\"prompt\":\"a lighthouse\",\"task_config\":{\"seed\":7}}";

    @Test
    void textIsAPrompt() {
        assertThat(read(BodyFormat.auto, "a lighthouse").path("prompt").textValue())
                .isEqualTo("a lighthouse");
    }

    @Test
    void textInAnyShapeIsAPrompt(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("p.txt"), "a café");
        byte[] bytes = "a café".getBytes(StandardCharsets.UTF_8);
        for (Object body : List.of("a café", bytes, new ByteArrayInputStream(bytes), file, file.toFile())) {
            assertThat(read(BodyFormat.auto, body).path("prompt").textValue())
                    .as(body.getClass().getSimpleName())
                    .isEqualTo("a café");
        }
    }

    @Test
    void jsonThatLooksLikeParametersIsParameters() {
        JsonNode parameters = read(BodyFormat.auto, PARAMETERS);

        assertThat(parameters.path("prompt").textValue()).isEqualTo("a lighthouse");
        assertThat(parameters.path("task_config").path("seed").intValue()).isEqualTo(7);
    }

    @Test
    void structuredAndTypedBodiesAreParameters() throws Exception {
        for (Object body : List.of(
                Map.of("prompt", "a lighthouse"),
                new ObjectMapper().readTree(PARAMETERS),
                SdParameters.builder("a lighthouse").build())) {
            assertThat(read(BodyFormat.auto, body).path("prompt").textValue())
                    .as(body.getClass().getSimpleName())
                    .isEqualTo("a lighthouse");
        }
    }

    @Test
    void jsonThatDoesNotLookLikeParametersIsAPrompt() {
        assertThat(read(BodyFormat.auto, "{\"title\":\"x\"}").path("prompt").textValue())
                .isEqualTo("{\"title\":\"x\"}");
    }

    @Test
    void bodyFormatPromptTakesJsonFromStrangersAsText() {
        assertThat(read(BodyFormat.prompt, PARAMETERS).path("prompt").textValue())
                .isEqualTo(PARAMETERS);
        assertInvalid(() -> read(BodyFormat.prompt, Map.of("prompt", "x")), "bodyFormat=prompt");
    }

    @Test
    void bodyFormatParametersWantsJson() {
        assertThat(read(BodyFormat.parameters, PARAMETERS).path("prompt").textValue())
                .isEqualTo("a lighthouse");
        assertInvalid(() -> read(BodyFormat.parameters, "a lighthouse"), "line 1");
    }

    @Test
    void brokenParametersAreNotPaidForAsAPrompt() {
        assertInvalid(() -> read(BodyFormat.auto, "{\"prompt\":\"a lighthouse\",}"), "line 1");
    }

    @Test
    void nothingIsNoPrompt() {
        assertInvalid(() -> read(BodyFormat.auto, null), "neither text nor parameters");
        assertInvalid(() -> read(BodyFormat.auto, "  \n"), "empty");
    }

    @Test
    void parametersOfTheOtherKindAreRefused() {
        assertInvalid(
                () -> read(
                        BodyFormat.auto, GptParameters.builder().user("hello").build()),
                "kind gpt");
    }

    private static void assertInvalid(ThrowingCallable read, String words) {
        Assertions.assertThatThrownBy(read)
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining(words);
    }

    private static JsonNode read(BodyFormat format, Object body) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody(body);
            return TaskJson.read(new BodyReader(TaskKind.SD, format, ParameterDefaults.builtIn())
                    .read(exchange.getMessage())
                    .json());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
