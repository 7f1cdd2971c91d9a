// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.json.TaskJson;
import io.crynux.client.task.ParameterDefaults;
import io.crynux.client.task.TaskKind;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters that got broken are refused with the place of the fault; prompts that begin with a bracket are prompts. */
class ParametersOrPromptTest {
    private static DefaultCamelContext context;

    @BeforeAll
    static void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterAll
    static void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\":\"a lighthouse\",}",
                "{\"prompt\":\"a lighthouse\"",
                "{\"prompt\":\"a light",
                "{\"prompt\":",
                "{\"prompt",
                "{\"pro",
                "{\"",
                "{",
                "[",
                "[{",
                "{}{}",
                "{'prompt':'a lighthouse'}",
                "{prompt: \"a lighthouse\"}",
                "{ prompt : 'a lighthouse', steps: 20 }",
                "{steps: 20, prompt: 'a lighthouse'}",
                "{“prompt”: “a lighthouse”}",
                "{\\\"prompt\\\":\\\"a lighthouse\\\"}",
                "{&quot;prompt&quot;:&quot;a lighthouse&quot;}",
                "{{\"prompt\":\"a lighthouse\"}}",
                "{\"prompt\":\"a lighthouse\"}}",
                "{\"prompt\":\"a\"}\n{\"prompt\":\"b\"}",
                "{\"prompt\":\"a\"}{\"prompt\":\"b\"}",
                "{\"title\":\"x\"}\n{\"prompt\":\"b\"}",
                "{\"prompt\":\"a lighthouse\"} // done",
                "{/* what to show */\"prompt\":\"a lighthouse\"}",
                "// what to show\n{\"prompt\":\"a lighthouse\"}",
                "{\n  # what to show\n  \"prompt\":\"a lighthouse\"}",
                "{\"prompt\":\"a lighthouse\" \"task_config\":{}}",
                "{\"prompt\" \"a lighthouse\",\"base_model\":\"m\"}",
                "{\"prompt\":\"a\nlighthouse\"}",
                "{\"prompt\":\"a lighthouse\",\"prompt\":\"b\"}",
                "{\"prompt\":\"a lighthouse\",\"task_config\":{\"cfg\":NaN}}",
                "{\"prompt\":\"a lighthouse\",\"task_config\":{\"steps\":020}}",
                "{\"prompt\":a lighthouse}",
                "{\"prompt\":None}",
                "{\"prompt\"=\"a lighthouse\"}",
                ")]}',\n{\"prompt\":\"a lighthouse\"}",
                "```json\n{\"prompt\":\"a lighthouse\"}\n```",
                "data: {\"prompt\":\"a lighthouse\"}",
                "while(1);{\"prompt\":\"a lighthouse\"}",
                ";{\"prompt\":\"a lighthouse\"}",
                "\u200b{\"prompt\":\"a lighthouse\"}",
                "Sure! Here it is: {\"prompt\":\"a lighthouse\"}",
                "\"{\\\"prompt\\\":\\\"a lighthouse\\\"}\"",
                "[{\"prompt\":\"a lighthouse\"},]",
                "{\"task_config\":{\"steps\":20},}",
                "{\"cfg_scale\":7,\"Prompt\":\"x\",}",
            })
    void brokenParametersAreRefused(String text) {
        assertThatThrownBy(() -> read(TaskKind.SD, text)).isInstanceOf(InvalidTaskException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}",
                "{'messages':[{'role':'user','content':'hi'}]}",
                "{messages:[{role:'user',content:'hi'}]}",
                "{\"generation_config\":{\"top_k\":1},\"messages\":[}",
                "{\"messages\":[]}{\"messages\":[]}",
            })
    void brokenConversationsAreRefused(String text) {
        assertThatThrownBy(() -> read(TaskKind.GPT, text))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("bodyFormat=prompt")
                .hasMessageContaining("line 1, column");
    }

    @Test
    void theMessageNamesThePlaceAndTheRemedy() {
        assertThatThrownBy(() -> read(TaskKind.SD, "{\n\"prompt\":\"a lighthouse\",\n}"))
                .hasMessageContaining("looks like parameters, but is not valid JSON")
                .hasMessageContaining("line 3, column 1")
                .hasMessageContaining("bodyFormat=prompt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[photo] a lighthouse",
                "[photo]",
                "{masterpiece}, best quality",
                "{{{masterpiece}}}, best quality, 1girl",
                "{red|blue|green} car",
                "{2$$cat|dog|bird}, prompt style",
                "[cat:dog:0.5] in a garden",
                "[[blurry]], ((sharp))",
                "{girl: 1.2}, best quality",
                "{\"Hello\"} on a sign",
                "{\"Open\" sign}, neon",
                "[\"Hello\" sign] in a shop",
                "(masterpiece:1.2), a lighthouse",
                "<lora:pixel:0.8> a lighthouse",
                "{prompt}",
                "{{prompt}} of a lighthouse",
                "a lighthouse {sharp: yes}",
                "prompt: a lighthouse",
                "\"a lighthouse\"",
                "42",
                "# a lighthouse",
                "[1] a lighthouse, [2] a harbour",
            })
    void aPromptThatBeginsWithABracketIsOne(String text) {
        assertThat(read(TaskKind.SD, text).path("prompt").textValue()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What does {\"prompt\":\"x\"} mean?",
                "Explain: {\"messages\":[]}",
                "{\"title\":\"x\",\"price\":3}",
                "{\"title\":\"x\",}",
                "[{\"name\":\"x\",\"price\":3}]",
                "[1,2,3]",
                "[TODO] what is next?",
            })
    void aQuestionAboutJsonIsAQuestion(String text) {
        assertThat(read(TaskKind.GPT, text)
                        .path("messages")
                        .path(0)
                        .path("content")
                        .textValue())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @EnumSource(
            value = TaskKind.class,
            names = {"SD", "GPT"})
    void listsOfTextsAreRefused(TaskKind kind) {
        for (Object body : new Object[] {
            "[\"a lighthouse\",\"a harbour\"]",
            "[]",
            List.of("a lighthouse"),
            List.of(),
            new String[] {"a lighthouse"},
            Arrays.asList("a", null)
        }) {
            assertThatThrownBy(() -> read(kind, body))
                    .isInstanceOf(InvalidTaskException.class)
                    .hasMessageContaining("is a list of")
                    .hasMessageContaining("split the list");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\" \u200b\"}]}",
                "[{\"role\":\"user\",\"content\":\"\"}]"
            })
    void aConversationThatSaysNothingIsRefused(String text) {
        assertThatThrownBy(() -> read(TaskKind.GPT, text))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("The body is empty");
    }

    @Test
    void parametersInPartAreCompletedByTaskArgs() {
        ParameterDefaults base = ParameterDefaults.builder()
                .baseJson("{\"prompt\":\"a lighthouse\"}")
                .build();

        for (String part : List.of("{}", "{\"task_config\":{\"seed\":7}}", "{\"negative_prompt\":\"fog\"}")) {
            JsonNode filled = TaskJson.read(new BodyReader(TaskKind.SD, BodyFormat.auto, base)
                    .read(exchange(part).getMessage())
                    .json());
            assertThat(filled.path("prompt").textValue()).isEqualTo("a lighthouse");
        }
    }

    @Test
    void valuesThatJsonDoesNotHoldAreRefusedByTheirPlace() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        Map<String, Map<String, Object>> bodies = Map.of(
                "/prompt", Map.of("prompt", new byte[] {'a'}),
                "/file", Map.of("file", new File("prompt.txt")),
                "/stream", Map.of("stream", new ByteArrayInputStream(new byte[0])),
                "/maybe", Map.of("maybe", Optional.of("x")),
                "/list/0/path", Map.of("list", List.of(Map.of("path", Path.of("x")))));
        bodies.forEach((pointer, body) -> assertThatThrownBy(() -> read(TaskKind.SD, body))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining(pointer + " is of type"));
        assertThatThrownBy(() -> read(TaskKind.SD, Map.of("prompt", itself)))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("contains itself");
        assertThatThrownBy(() -> read(TaskKind.SD, Map.of("prompt", new Object())))
                .isInstanceOf(InvalidTaskException.class)
                .hasMessageContaining("cannot be written as JSON");
    }

    @Test
    void bytesOfAnImageInAMessageAreTaken() {
        Object image = Map.of("type", "image", "base64", new byte[] {1, 2, 3});
        JsonNode read = read(TaskKind.GPT, List.of(Map.of("role", "user", "content", List.of(image))));

        assertThat(read.at("/messages/0/content/0/base64").textValue())
                .isEqualTo(BinaryNode.valueOf(new byte[] {1, 2, 3}).asText());
    }

    private static JsonNode read(TaskKind kind, Object body) {
        return TaskJson.read(new BodyReader(kind, BodyFormat.auto, ParameterDefaults.builtIn())
                .read(exchange(body).getMessage())
                .json());
    }

    private static Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
