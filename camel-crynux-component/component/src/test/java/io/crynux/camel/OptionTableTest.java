// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The table has the options of the metadata, each once and with the same facts. */
class OptionTableTest {
    private static final Set<String> ON_ENDPOINTS_ONLY = Set.of("exceptionHandler", "exchangePattern");

    @Test
    void everyOptionOfTheComponentHasARowAndTheOtherWayRound() throws IOException {
        assertThat(names(metadata("componentProperties")))
                .isEqualTo(rows(option -> !ON_ENDPOINTS_ONLY.contains(option.name())));
    }

    @Test
    void everyOptionOfAnEndpointHasARowAndTheOtherWayRound() throws IOException {
        assertThat(names(metadata("properties"))).isEqualTo(rows(option -> option.scope() == Option.Scope.ENDPOINT));
    }

    @TestFactory
    Stream<DynamicTest> factsAgree() throws IOException {
        return Stream.concat(metadata("componentProperties"), metadata("properties"))
                .map(option -> dynamicTest(
                        option.getKey(), () -> assertAgree(OptionTable.row(option.getKey()), option.getValue())));
    }

    private static void assertAgree(Option row, JsonNode facts) {
        String value = row.isDefaultOfProtocol() ? null : row.defaultOf(Protocol.CHAIN);
        assertThat(facts.path("defaultValue").asText(null)).as("default").isEqualTo(value);
        assertThat(facts.path("secret").asBoolean()).as("secret").isEqualTo(row.isSecret());
        if (row.range() instanceof Range.Choice choice) {
            assertThat(facts.path("type").asText()).isEqualTo("enum");
            assertThat(facts.path("enum").valueStream().map(JsonNode::textValue))
                    .containsExactlyElementsOf(choice.values());
        } else {
            assertThat(facts.has("enum")).isEqualTo(row.name().equals("exchangePattern"));
        }
        if (row.range() instanceof Range.Time) {
            assertThat(facts.path("type").asText()).isEqualTo("duration");
        }
    }

    @Test
    void eachOptionOfAnEndpointIsUsedOnTheSideOfItsLabel() throws IOException {
        assertThat(metadata("properties")).allSatisfy(option -> {
            String label = option.getValue().path("label").asText();
            Option row = OptionTable.row(option.getKey());
            assertThat(label.startsWith("consumer") ? row.from() : row.to())
                    .as(option.getKey())
                    .isNotEmpty();
        });
    }

    @Test
    void defaultsOfTheProtocolHoldWhereNothingIsSet() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            context.addComponent("crynux", crynux);
            CrynuxEndpoint endpoint = context.getEndpoint("crynux:sd", CrynuxEndpoint.class);
            CrynuxEndpoint other = context.getEndpoint("crynux:sd?taskTimeout=90s", CrynuxEndpoint.class);

            assertThat(endpoint.getConfiguration().getTaskTimeout()).isNull();
            assertThat(endpoint.taskTimeout()).hasHours(1);
            assertThat(other.getConfiguration().getTaskTimeout()).hasSeconds(90);
            assertThat(other.taskTimeout()).hasSeconds(90);
            assertThat(crynux.getMaxInFlight()).isNull();
            assertThat(crynux.maxInFlightOrDefault()).isEqualTo(20);
            crynux.setMaxInFlight(7);
            assertThat(crynux.maxInFlightOrDefault()).isEqualTo(7);
        }
        assertThat(OptionTable.timeOf("taskTimeout", Protocol.RELAY)).isEqualTo(Duration.ofHours(9));
        assertThat(OptionTable.numberOf("maxInFlight", Protocol.RELAY)).isEqualTo(100);
    }

    private static Stream<Map.Entry<String, JsonNode>> metadata(String part) throws IOException {
        try (InputStream json = OptionTableTest.class.getResourceAsStream("/META-INF/io/crynux/camel/crynux.json")) {
            return new ObjectMapper()
                    .readTree(json).path(part).properties().stream().filter(option -> !"path"
                            .equals(option.getValue().path("kind").asText()));
        }
    }

    private static Set<String> names(Stream<Map.Entry<String, JsonNode>> options) {
        return options.map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static Set<String> rows(Predicate<Option> wanted) {
        return OptionTable.rows().filter(wanted).map(Option::name).collect(Collectors.toSet());
    }
}
