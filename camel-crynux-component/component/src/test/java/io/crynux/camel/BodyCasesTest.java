// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.testing.LoggedMessages;
import jakarta.activation.DataHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that were paid for although nobody means them: each is read as it was meant, or refused before anything is signed. */
class BodyCasesTest extends CrynuxTestSupport {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] PNG = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'
    };

    /** What a refusal says of each case that is to be refused. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("bom-only", "The body is empty"),
            Map.entry("blank-nbsp", "The body is empty"),
            Map.entry("pojo", "Order) is neither text nor parameters"),
            Map.entry("iterator", "is neither text nor parameters"),
            Map.entry("java-stream", "is neither text nor parameters"),
            Map.entry("data-handler", "jakarta.activation.DataHandler) is neither text nor parameters"),
            Map.entry("png", "not valid UTF-8 from byte 1 on (0x89)"),
            Map.entry("width-negative", "/task_config/image_width is -8"));

    /** The text that each other case asks for. */
    private static final Map<String, String> TAKEN = Map.of(
            "bom-sd", "a lighthouse",
            "bom-gpt", "hi",
            "bom-list", "hi",
            "bom-prompt", "a lighthouse",
            "object-array", "hi",
            "content-type-charset", "ein Café",
            "webui-payload", "a lighthouse");

    @TempDir
    Path folder;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sd").to("crynux:sd?waitFor=" + waitFor());
                from("direct:gpt").to("crynux:gpt?waitFor=" + waitFor());
            }
        };
    }

    /** Override for a network that prepares nothing. */
    String waitFor() {
        return "prepared";
    }

    /** All but the one that is about an option. */
    static Stream<JsonNode> cases() throws IOException {
        return all().filter(body ->
                body.has("endpoint") && !body.path("type").asText().startsWith("option"));
    }

    private static Stream<JsonNode> all() throws IOException {
        try (InputStream file = BodyCasesTest.class.getResourceAsStream("/cases/11-bodies.json")) {
            return JSON.readTree(file).path("cases").valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsItWasMeantOrRefused(JsonNode body) throws Exception {
        Exchange out = send(body);
        String id = body.path("id").textValue();

        if (REFUSED.containsKey(id)) {
            assertThat(out.getException())
                    .isInstanceOf(InvalidTaskException.class)
                    .hasMessageContaining(REFUSED.get(id));
            assertThat(payments()).isZero();
        } else {
            assertThat(out.getException()).isNull();
            JsonNode parameters = parameters(out);
            JsonNode text = body.path("endpoint").textValue().equals("sd")
                    ? parameters.path("prompt")
                    : parameters.path("messages").path(0).path("content");
            assertThat(text.textValue()).isEqualTo(TAKEN.get(id));
        }
    }

    @Test
    void everyCaseIsKnown() throws Exception {
        assertThat(cases().map(body -> body.path("id").textValue()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(REFUSED.keySet().stream(), TAKEN.keySet().stream())
                        .toList());
        assertThat(all()).hasSize(REFUSED.size() + TAKEN.size() + 1);
    }

    @Test
    void membersOfAWebUiAreToldOneByOneWithWhereTheyBelong() throws Exception {
        JsonNode body = cases().filter(c -> c.path("id").textValue().equals("webui-payload"))
                .findFirst()
                .orElseThrow();
        try (LoggedMessages log = new LoggedMessages("io.crynux.client.internal.schema.OrderWarnings")) {
            send(body);

            List<String> warnings = log.ofThreads(Thread.currentThread().getName());
            assertThat(warnings).hasSize(7);
            assertThat(String.join("\n", warnings))
                    .contains("/steps does nothing on this network; use task_config.steps")
                    .contains("/cfg_scale does nothing on this network; use task_config.cfg")
                    .contains("/width does nothing on this network; use task_config.image_width")
                    .contains("/height ", "/seed ", "/sampler_name ", "/batch_size ");
        }
    }

    @Test
    void theSeedOfParametersBehindAByteOrderMarkCounts() throws Exception {
        JsonNode body = cases().findFirst().orElseThrow();

        assertThat(parameters(send(body)).path("task_config").path("seed").intValue())
                .isEqualTo(7);
    }

    private Exchange send(JsonNode body) throws Exception {
        Object sent = body(body);
        Map<String, Object> headers = new HashMap<>();
        body.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().textValue()));
        return template.request("direct:" + body.path("endpoint").textValue(), exchange -> {
            exchange.getMessage().setBody(sent);
            exchange.getMessage().setHeaders(headers);
        });
    }

    /** The parameters that are, or would be, paid for. */
    JsonNode parameters(Exchange out) throws IOException {
        JsonNode prepared = JSON.readTree(out.getMessage().getBody(String.class));
        return JSON.readTree(prepared.path("taskArgs").textValue());
    }

    private Object body(JsonNode body) throws IOException {
        String text = body.path("body").asText();
        String type = body.path("type").textValue();
        if (type.startsWith("String")) {
            return text;
        }
        if (type.startsWith("File")) {
            return Files.writeString(folder.resolve("prompt.txt"), text).toFile();
        }
        if (type.startsWith("byte[] UTF-8")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (type.startsWith("byte[] ISO")) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        return switch (body.path("id").textValue()) {
            case "pojo" -> new Order();
            case "object-array" -> new Object[] {Map.of("role", "user", "content", "hi")};
            case "iterator" -> List.of("a").iterator();
            case "java-stream" -> Arrays.stream(new String[] {"a"});
            case "data-handler" -> new DataHandler("a lighthouse", "text/plain");
            case "png" -> PNG;
            default -> throw new IllegalArgumentException(body.toString());
        };
    }

    /** A class without toString. */
    private static final class Order {}
}
