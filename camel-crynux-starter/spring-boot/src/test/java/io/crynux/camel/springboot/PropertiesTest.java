// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.camel.CrynuxComponent;
import io.crynux.camel.springboot.generate.PropertySamples;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.WaitMethod;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Every option of the component is a property, and IDEs can complete it. */
class PropertiesTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CamelAutoConfiguration.class,
                    CrynuxComponentAutoConfiguration.class,
                    CrynuxComponentConverter.class));

    @Test
    void everyPropertySetsItsOption() throws IOException {
        Map<String, PropertySamples.Sample> samples = PropertySamples.all();
        assertThat(samples).hasSizeGreaterThan(50);
        String[] properties = samples.entrySet().stream()
                .map(sample -> sample.getKey() + "=" + sample.getValue().text())
                .toArray(String[]::new);
        application.withPropertyValues(properties).run(context -> {
            CrynuxComponent crynux = context.getBean(CamelContext.class).getComponent("crynux", CrynuxComponent.class);
            samples.forEach((property, sample) ->
                    assertThat(sample.optionOf(crynux)).as(property).isEqualTo(sample.value()));
        });
    }

    @Test
    void whatIsNotSetStaysAsTheComponentHasIt() {
        application.run(context -> {
            CrynuxComponent crynux = context.getBean(CamelContext.class).getComponent("crynux", CrynuxComponent.class);
            assertThat(crynux.getPollInterval()).isEqualTo(new CrynuxComponent().getPollInterval());
            assertThat(crynux.getRpcUrl()).isNull();
        });
    }

    @Test
    void camelsWayOfWritingItIsUnderstood() {
        application
                .withPropertyValues("camel.component.crynux.rpcUrl=http://127.0.0.1:1")
                .run(context -> assertThat(context.getBean(CamelContext.class)
                                .getComponent("crynux", CrynuxComponent.class)
                                .getRpcUrl())
                        .isEqualTo("http://127.0.0.1:1"));
    }

    @Test
    void valuesOfChoicesAreReadInAnyCase() {
        application
                .withPropertyValues(
                        "camel.component.crynux.wait-method=POLL", "camel.component.crynux.log-source=receipts")
                .run(context -> {
                    CrynuxComponent crynux =
                            context.getBean(CamelContext.class).getComponent("crynux", CrynuxComponent.class);
                    assertThat(crynux.getWaitMethod()).isEqualTo(WaitMethod.POLL);
                    assertThat(crynux.getLogSource()).isEqualTo(LogSource.RECEIPTS);
                });
    }

    @Test
    void theMetadataForEditorsHasTypesDefaultsAndMeanings() throws IOException {
        Map<String, JsonNode> metadata = metadata();
        PropertySamples.all().keySet().forEach(property -> {
            assertThat(metadata).containsKey(property);
            assertThat(metadata.get(property).path("description").asText())
                    .as(property)
                    .isNotBlank();
            assertThat(metadata.get(property).path("type").asText())
                    .as(property)
                    .isNotBlank();
        });
        assertThat(metadata.get("camel.component.crynux.poll-interval"))
                .hasToString("{\"name\":\"camel.component.crynux.poll-interval\",\"type\":\"java.time.Duration\","
                        + "\"description\":\"The time between two polls of the chain.\",\"sourceType\":"
                        + "\"io.crynux.camel.springboot.CrynuxComponentConfiguration\",\"defaultValue\":\"1s\"}");
        assertThat(metadata.get("camel.component.crynux.signer").path("type").asText())
                .isEqualTo("io.crynux.client.wallet.Signer");
    }

    private static Map<String, JsonNode> metadata() throws IOException {
        Map<String, JsonNode> properties = new HashMap<>();
        for (URL file : Collections.list(
                PropertiesTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream json = file.openStream()) {
                new ObjectMapper()
                        .readTree(json)
                        .path("properties")
                        .forEach(
                                property -> properties.put(property.path("name").asText(), property));
            }
        }
        return properties;
    }
}
