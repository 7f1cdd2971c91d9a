// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that an option cannot have is refused at start, with the option, the value, what it can be and the remedy. */
class OptionRangesTest {
    private static final String KEY = "0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";

    static Stream<String> cases() throws IOException {
        try (InputStream file = OptionRangesTest.class.getResourceAsStream("/cases/12-headers-and-options.json")) {
            JsonNode cases = new ObjectMapper().readTree(file).path("cases");
            return cases.valueStream()
                    .flatMap(one -> one.path("uri").valueStream())
                    .map(JsonNode::textValue);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCasesAreRefused(String uri) {
        String option = uri.replaceAll(".*[?&](.*)=.*", "$1");

        assertRefused(OptionTable.row(option), () -> startEndpoint(uri, true));
    }

    @TestFactory
    Stream<DynamicTest> everyOptionOfAnEndpoint() {
        return rangesOf(Option.Scope.ENDPOINT)
                .flatMap(
                        option -> Stream.concat(tests(option, option.to(), true), tests(option, option.from(), false)));
    }

    private static Stream<DynamicTest> tests(Option option, Set<EndpointKind> kinds, boolean to) {
        return kinds.stream()
                .filter(kind -> option.condition() != Option.Condition.SCHEMA_OF_IMAGES || kind == EndpointKind.SD)
                .flatMap(kind -> OptionValues.impossible(option).map(value -> {
                    String uri = "crynux:" + kind.path() + "?" + OptionValues.companions(kind, option) + option.name()
                            + "=" + value;
                    return dynamicTest(
                            (to ? "to " : "from ") + uri, () -> assertRefused(option, () -> startEndpoint(uri, to)));
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyOptionOfTheComponent() {
        return rangesOf(Option.Scope.COMPONENT).flatMap(option -> OptionValues.impossible(option)
                .map(value -> dynamicTest(option.name() + "=" + value, () -> assertRefused(
                                option, () -> startComponent(option.name(), value))
                        .satisfies(refusal -> {
                            if (option.isSecret()) {
                                assertThat(refusal).hasMessageNotContaining(value);
                            }
                        }))));
    }

    private static Stream<Option> rangesOf(Option.Scope scope) {
        return OptionTable.rows().filter(option -> option.scope() == scope && option.range() != null);
    }

    @Test
    void theMessageHasTheRangeAndTheRemedy() {
        assertThatThrownBy(() -> producer("crynux:sd?steps=0"))
                .hasMessage("Option steps is 0; it must be 1 to 100. Correct it, or leave it out for the default");
        assertThatThrownBy(() -> producer("crynux:sd?vramLimit=0"))
                .hasMessage(
                        "Option vramLimit is 0; it must be 1 or more (GB). Correct it, or leave it out for the default");
        assertThatThrownBy(() -> producer("crynux:sd?taskTimeout=0"))
                .hasMessage(
                        "Option taskTimeout is 0 ms; it must be above 0 and at most 36500d (milliseconds, or text such"
                                + " as 10m). Correct it, or leave it out for the default");
        assertThatThrownBy(() -> startComponent("proxyHost", " "))
                .rootCause()
                .hasMessage("Option proxyHost is ''; it must be the name of a host. Correct it, or leave it out");
        assertThatThrownBy(() -> producer("crynux:sd?waitFor=ever"))
                .rootCause()
                .hasMessage("Option waitFor is 'ever'; it must be result, success, uploaded, created or prepared."
                        + " Correct it, or leave it out for the default");
    }

    @Test
    void aVramWithoutItsGpuIsRefused() {
        assertThatThrownBy(() -> producer("crynux:sd?gpuVram=24"))
                .hasMessageContaining("gpuVram is set without gpuName");
    }

    @Test
    void aProxyNeedsHostAndPort() {
        assertThatThrownBy(() -> startComponent("proxyPort", "8080"))
                .hasStackTraceContaining("Option proxyHost is missing");
        assertThatThrownBy(() -> startComponent("proxyHost", "proxy"))
                .hasStackTraceContaining("Option proxyPort is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crynux:sd?seed=0&steps=1&cfg=0&numImages=10&imageWidth=8&imageHeight=4096&negativePrompt=",
                "crynux:sd?seed=2147483647&steps=100&cfg=20&spoolThreshold=0&vramLimit=1&cap=1&feeIncrease=0",
                "crynux:sd?taskTimeout=1&gpuName=x&gpuVram=24&idempotencyKey=${header.id}",
                "crynux:sd?taskTimeout=10m&maxResultSize=1&taskFee=9223372036.854775807",
                "crynux:gpt?seed=-1",
                "crynux:sd?validate=false&steps=200&seed=-1"
            })
    void valuesThatCanBeAreAccepted(String uri) throws Exception {
        assertThat(producer(uri)).isNotNull();
    }

    @Test
    void optionsThatAnEndpointDoesNotUseAreNotChecked() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            crynux.getConfiguration().setSteps(0);
            context.addComponent("crynux", crynux);

            assertThat(context.getEndpoint("crynux:gpt").createProducer()).isNotNull();
            assertThatThrownBy(() -> context.getEndpoint("crynux:sd").createProducer())
                    .hasMessageContaining("Option steps is 0");
        }
    }

    /** Camel starts a component before routes, and the network is not needed to see the mistake. */
    @Test
    void theComponentIsCheckedWhereNoProducerStarts() {
        assertThatThrownBy(() -> {
                    try (DefaultCamelContext context = new DefaultCamelContext()) {
                        CrynuxComponent crynux = new CrynuxComponent();
                        crynux.setMaxInFlight(0);
                        context.addComponent("crynux", crynux);
                        context.start();
                    }
                })
                .hasStackTraceContaining("Option maxInFlight is 0; it must be 1 or more (tasks)");
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Option option, ThrowingCallable start) {
        Throwable failure = catchThrowable(start);
        return assertThat(failure != null && failure.getCause() != null ? Throwables.getRootCause(failure) : failure)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refusal -> {
                    if (option.range() instanceof Range.OfClient) {
                        assertThat(refusal).hasMessageContaining(option.name());
                    } else {
                        assertThat(refusal)
                                .hasMessageStartingWith("Option " + option.name() + " is ")
                                .hasMessageContaining(
                                        "; it must be " + option.range().text())
                                .hasMessageContaining(". Correct it");
                    }
                });
    }

    private static Object producer(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return context.getEndpoint(uri).createProducer();
        }
    }

    /** What a route does first when it starts. */
    private static void startEndpoint(String uri, boolean to) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Endpoint endpoint = context.getEndpoint(uri);
            if (to) {
                endpoint.createProducer();
            } else {
                endpoint.createConsumer(exchange -> {});
            }
        }
    }

    /** Nobody listens at the URLs, so that a value that is let through fails with another message. */
    private static void startComponent(String option, String value) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            context.addComponent("crynux", crynux);
            crynux.setRpcUrl("http://127.0.0.1:1");
            crynux.setContractAddress("0x00000000000000000000000000000000000000aa");
            crynux.setRelayUrl("http://127.0.0.1:1");
            if (!option.equals("keystoreFile")) {
                crynux.setPrivateKey(KEY);
            }
            crynux.getConfiguration().setTaskFee("30");
            crynux.getComponentPropertyConfigurer().configure(context, crynux, option, value, true);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("crynux:sd");
                }
            });
            context.start();
        }
    }
}
