// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every option of an endpoint is of use to some kind, on the side that its documentation says, and refused elsewhere. */
class OptionRulesTest {

    @TestFactory
    Stream<DynamicTest> everyOptionIsOfUseSomewhere() throws Exception {
        try (InputStream json = getClass().getResourceAsStream("/META-INF/io/crynux/camel/crynux.json")) {
            JsonNode options = new ObjectMapper().readTree(json).get("properties");
            return StreamSupport.stream(options.properties().spliterator(), false)
                    .filter(option ->
                            "parameter".equals(option.getValue().get("kind").textValue()))
                    .map(option -> DynamicTest.dynamicTest(
                            option.getKey(),
                            () -> assertOfUse(
                                    option.getKey(),
                                    option.getValue().get("label").asText())));
        }
    }

    private static void assertOfUse(String option, String label) {
        boolean to = Arrays.stream(EndpointKind.values())
                .anyMatch(kind -> OptionRules.producerOptions(kind).contains(option));
        boolean from = Arrays.stream(EndpointKind.values())
                .anyMatch(kind -> OptionRules.consumerOptions(kind).contains(option));
        assertThat(to || from).isTrue();
        if (label.startsWith("consumer")) {
            assertThat(from).isTrue();
        }
        if (label.startsWith("producer")) {
            assertThat(to).isTrue();
        }
    }

    @Test
    void anOptionOfTheOtherSideIsRefusedWhenTheRouteIsMade() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            assertThatThrownBy(
                            () -> context.getEndpoint("crynux:gpt?startBlock=1").createProducer())
                    .hasMessageContaining("Option startBlock is for from(\"crynux:gpt\") only");
            assertThatThrownBy(() ->
                            context.getEndpoint("crynux:gpt?systemPrompt=x").createConsumer(exchange -> {}))
                    .hasMessageContaining("Option systemPrompt is for to(\"crynux:gpt\") only");
            assertThatThrownBy(() -> context.getEndpoint("crynux:events").createProducer())
                    .hasMessageContaining("crynux:events cannot be sent to");
        }
    }
}
