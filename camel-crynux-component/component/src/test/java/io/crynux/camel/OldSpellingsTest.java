// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.crynux.client.settings.CreateTaskArguments;
import io.crynux.client.settings.GasSettings.TransactionType;
import io.crynux.client.settings.LogSource;
import io.crynux.client.settings.WaitMethod;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Values of choices are written in lower case. Other cases are read with one WARN for each option, other values refused. */
class OldSpellingsTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(OptionConfigurer.class);

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        LOGGER.addAppender(logged);
        LOGGER.setLevel(Level.WARN);
    }

    @AfterEach
    void stopListening() {
        LOGGER.setLevel(null);
        LOGGER.detachAppender(logged);
    }

    private List<String> warnings() {
        return logged.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void propertiesOfTheComponentAreInLowerCase() throws Exception {
        run(
                main -> {
                    main.addInitialProperty("camel.component.crynux.waitMethod", "poll");
                    main.addInitialProperty("camel.component.crynux.log-source", "receipts");
                    main.addInitialProperty("camel.component.crynux.transactionType", "eip1559");
                    main.addInitialProperty("camel.component.crynux.createTaskArguments", "seven");
                    main.addInitialProperty("camel.component.crynux.waitFor", "success");
                    main.addInitialProperty("camel.component.crynux.taskTimeout", "2h");
                },
                crynux -> {
                    assertThat(crynux.getWaitMethod()).isEqualTo(WaitMethod.POLL);
                    assertThat(crynux.getLogSource()).isEqualTo(LogSource.RECEIPTS);
                    assertThat(crynux.getTransactionType()).isEqualTo(TransactionType.EIP1559);
                    assertThat(crynux.getCreateTaskArguments()).isEqualTo(CreateTaskArguments.SEVEN);
                    assertThat(crynux.getConfiguration().getWaitFor()).isEqualTo("success");
                    assertThat(crynux.getConfiguration().getTaskTimeout()).hasHours(2);
                });
        assertThat(warnings()).isEmpty();
    }

    @Test
    void propertiesAsTheyWereAreReadWithAWarning() throws Exception {
        run(
                main -> {
                    main.addInitialProperty("camel.component.crynux.waitMethod", "POLL");
                    main.addInitialProperty("camel.component.crynux.log-source", "RECEIPTS");
                    main.addInitialProperty("camel.component.crynux.bodyFormat", "Prompt");
                },
                crynux -> {
                    assertThat(crynux.getWaitMethod()).isEqualTo(WaitMethod.POLL);
                    assertThat(crynux.getLogSource()).isEqualTo(LogSource.RECEIPTS);
                    assertThat(crynux.getConfiguration().getBodyFormat()).isEqualTo(BodyFormat.prompt);
                });
        assertThat(warnings())
                .containsExactlyInAnyOrder(
                        "Option waitMethod is POLL, which is an old spelling. Write waitMethod=poll",
                        "Option logSource is RECEIPTS, which is an old spelling. Write logSource=receipts",
                        "Option bodyFormat is Prompt, which is an old spelling. Write bodyFormat=prompt");
    }

    @Test
    void anOptionIsWarnedOfOnceInAContext() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                DefaultCamelContext other = new DefaultCamelContext()) {
            for (CamelContext each : List.of(context, context, other)) {
                assertThat(configuration(each, "crynux:sd?bodyFormat=PROMPT&waitFor=CREATED")
                                .getBodyFormat())
                        .isEqualTo(BodyFormat.prompt);
                assertThat(configuration(each, "crynux:gpt?bodyFormat=PROMPT&waitFor=created")
                                .getWaitFor())
                        .isEqualTo("created");
            }
        }
        assertThat(warnings())
                .hasSize(4)
                .containsOnly(
                        "Option bodyFormat is PROMPT, which is an old spelling. Write bodyFormat=prompt",
                        "Option waitFor is CREATED, which is an old spelling. Write waitFor=created");
    }

    @Test
    void yamlIsReadLikewise() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            ResourceHelper.fromString(
                                    "route.yaml",
                                    """
                            - route:
                                from:
                                  uri: direct:in
                                  steps:
                                    - to:
                                        uri: crynux:gpt
                                        parameters:
                                          lazyStartProducer: true
                                          resultFormat: JSON
                                          taskTimeout: 10m
                            """));
            context.start();
            CrynuxConfiguration options = context.getEndpoints().stream()
                    .filter(CrynuxEndpoint.class::isInstance)
                    .map(endpoint -> ((CrynuxEndpoint) endpoint).getConfiguration())
                    .findFirst()
                    .orElseThrow();
            assertThat(options.getResultFormat()).isEqualTo(ResultFormat.json);
            assertThat(options.getTaskTimeout()).hasMinutes(10);
        }
        assertThat(warnings())
                .containsExactly("Option resultFormat is JSON, which is an old spelling. Write resultFormat=json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "waitMethod=wait: follow or poll",
                "logSource=blocks: logs or receipts",
                "transactionType=eip4844: auto, legacy or eip1559",
                "createTaskArguments=5: auto, five or seven",
                "resultFormat=xml: text or json"
            })
    void anotherValueIsRefusedWithTheValidOnes(String given) {
        String option = given.replaceAll("=.*", "");
        String value = given.replaceAll(".*=|:.*", "");
        String words = given.replaceAll(".*: ", "");

        assertThatThrownBy(() ->
                        run(main -> main.addInitialProperty("camel.component.crynux." + option, value), crynux -> {}))
                .hasStackTraceContaining("Option %s is '%s'; it must be %s. Correct it", option, value, words);
    }

    private static CrynuxConfiguration configuration(CamelContext context, String uri) {
        return context.getEndpoint(uri, CrynuxEndpoint.class).getConfiguration();
    }

    private static void run(Consumer<Main> properties, Consumer<CrynuxComponent> asserted) throws Exception {
        Main main = new Main();
        properties.accept(main);
        try {
            main.start();
            asserted.accept(main.getCamelContext().getComponent("crynux", CrynuxComponent.class));
        } finally {
            main.stop();
        }
    }
}
