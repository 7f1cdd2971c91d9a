// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A question becomes an answer, as text or as the whole completion. */
@Tag("chain")
class TextTaskTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:text").to("crynux:gpt");
                from("direct:json").to("crynux:gpt?resultFormat=json&systemPrompt=Be brief");
            }
        };
    }

    @Test
    void aQuestionBecomesAnAnswer() {
        Exchange out = template.request("direct:text", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody()).isInstanceOf(String.class);
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
        assertThat(out.getMessage().getHeaders())
                .containsEntry(CrynuxConstants.TASK_KIND, "gpt")
                .containsEntry(Exchange.FILE_NAME, "1.txt")
                .containsKeys(
                        CrynuxConstants.FINISH_REASON,
                        CrynuxConstants.PROMPT_TOKENS,
                        CrynuxConstants.COMPLETION_TOKENS,
                        CrynuxConstants.TOTAL_TOKENS)
                .doesNotContainKey(CrynuxConstants.IMAGE_COUNT);
    }

    @Test
    void resultFormatJsonKeepsTheWholeCompletion() throws Exception {
        Exchange out = template.request("direct:json", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException()).isNull();
        JsonNode completion = new ObjectMapper().readTree(out.getMessage().getBody(String.class));
        assertThat(completion
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("role")
                        .textValue())
                .isEqualTo("assistant");
        assertThat(out.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("1.json");
    }

    @Test
    void aListOfMessagesIsAConversation() {
        Object conversation = List.of(
                Map.of("role", "system", "content", "You answer in verse."),
                Map.of("role", "user", "content", "What is lichen?"));

        assertThat(template.requestBody("direct:text", conversation, String.class))
                .containsIgnoringCase("lichen");
    }
}
