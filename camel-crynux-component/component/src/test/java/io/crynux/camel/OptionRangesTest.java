// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that an option cannot have is refused when the route starts, with the option, the value and what it can be. */
class OptionRangesTest {

    static Stream<String> cases() throws IOException {
        try (InputStream file = OptionRangesTest.class.getResourceAsStream("/cases/12-headers-and-options.json")) {
            JsonNode cases = new ObjectMapper().readTree(file).path("cases");
            return Stream.concat(
                    cases.valueStream()
                            .flatMap(one -> one.path("uri").valueStream())
                            .map(JsonNode::textValue),
                    // Case width-zero of the bodies.
                    Stream.of("crynux:sd?imageWidth=0"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    @ValueSource(
            strings = {
                "crynux:sd?seed=2147483648",
                "crynux:sd?steps=101",
                "crynux:sd?cfg=-0.1",
                "crynux:sd?cfg=NaN",
                "crynux:sd?numImages=0",
                "crynux:sd?imageHeight=-8",
                "crynux:sd?imageHeight=513",
                "crynux:sd?vramLimit=-1",
                "crynux:sd?cap=-1",
                "crynux:sd?gpuName=",
                "crynux:sd?taskTimeout=0",
                "crynux:sd?taskTimeout=-1",
                "crynux:sd?taskTimeout=9223372036854775807",
                "crynux:sd?maxAttempts=0",
                "crynux:sd?feeIncrease=-1",
                "crynux:sd?feeIncrease=Infinity",
                "crynux:sd?maxResultSize=0",
                "crynux:sd?idempotencyKey=",
                "crynux:sd?taskArgs=",
                "crynux:sd?parametersSchema=",
                "crynux:gpt?systemPrompt=",
                "crynux:gpt?model= ",
                "crynux:gpt?vramLimit=0",
                "crynux:sd-ft-lora?numImages=11",
                "crynux:task?operation=result&taskTimeout=0",
                "crynux:task?operation=result&maxResultSize=-1",
                "crynux:task?operation=resume&spoolThreshold=-1"
            })
    void ofAProducerIsRefusedAtStart(String uri) {
        String option = uri.replaceAll(".*[?&](.*)=.*", "$1");

        assertThatThrownBy(() -> start(route -> route.from("direct:in").to(uri)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + option + " is ")
                .hasMessageContaining("; it must be ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crynux:events?confirmations=-1",
                "crynux:events?resultTimeout=0",
                "crynux:sd?spoolThreshold=-1",
                "crynux:sd?maxResultSize=0",
                "crynux:gpt?offsetKey=",
                "crynux:wallet?minBalance=1&checkInterval=0"
            })
    void ofAConsumerIsRefusedAtStart(String uri) {
        String option = uri.replaceAll(".*[?&](.*)=.*", "$1");

        assertThatThrownBy(() -> start(route -> route.from(uri).to("direct:out")))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + option + " is ")
                .hasMessageContaining("; it must be ");
    }

    @Test
    void theMessageHasTheRangeAndTheRemedy() {
        assertThatThrownBy(() -> producer("crynux:sd?steps=0"))
                .hasMessage("Option steps is 0; it must be 1 to 100. Correct it, or leave it out for the default");
    }

    @Test
    void aVramWithoutItsGpuIsRefused() {
        assertThatThrownBy(() -> producer("crynux:sd?gpuVram=24"))
                .hasMessageContaining("gpuVram is set without gpuName");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crynux:sd?seed=0&steps=1&cfg=0&numImages=10&imageWidth=8&imageHeight=4096&negativePrompt=",
                "crynux:sd?seed=2147483647&steps=100&cfg=20&spoolThreshold=0&vramLimit=1&cap=1&feeIncrease=0",
                "crynux:sd?taskTimeout=1&gpuName=x&gpuVram=24&idempotencyKey=${header.id}",
                "crynux:sd?taskTimeout=10m&maxResultSize=1",
                "crynux:gpt?seed=-1",
                "crynux:sd?validate=false&steps=200&seed=-1"
            })
    void valuesThatCanBeAreTaken(String uri) throws Exception {
        assertThat(producer(uri)).isNotNull();
    }

    @Test
    void whatAnEndpointDoesNotUseIsNotLookedAt() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            crynux.getConfiguration().setSteps(0);
            context.addComponent("crynux", crynux);

            assertThat(context.getEndpoint("crynux:gpt").createProducer()).isNotNull();
            assertThatThrownBy(() -> context.getEndpoint("crynux:sd").createProducer())
                    .hasMessageContaining("Option steps is 0");
        }
    }

    static Stream<Consumer<CrynuxComponent>> mistakesOfTheComponent() {
        return Stream.of(
                crynux -> crynux.setMaxInFlight(0),
                crynux -> crynux.setMaxUnstarted(-1),
                crynux -> crynux.setMaxWaiting(-1),
                crynux -> crynux.setWorkerPoolCoreSize(0),
                crynux -> crynux.setShutdownGrace(-1),
                crynux -> crynux.setRetention(-1),
                crynux -> crynux.setRetention(Long.MAX_VALUE),
                crynux -> crynux.setConnectTimeout(0),
                crynux -> crynux.setRequestTimeout(-1),
                crynux -> crynux.setProxyPort(0),
                crynux -> crynux.setProxyPort(65_536),
                crynux -> crynux.setProxyPort(8080),
                crynux -> crynux.setProxyHost(" "),
                crynux -> crynux.setProxyHost("proxy"),
                crynux -> crynux.setBudgetPeriod(0),
                crynux -> crynux.setBudget("0"),
                crynux -> crynux.setBudget(""),
                crynux -> crynux.setMaxTaskFee("0"),
                crynux -> crynux.setMaxTaskFee("1e3"),
                crynux -> crynux.setChainId(0L),
                crynux -> crynux.setPollInterval(-1),
                crynux -> crynux.setPollInterval(Long.MAX_VALUE),
                crynux -> crynux.setFinality("-1"),
                crynux -> crynux.setFinalityTimeout(-1),
                crynux -> crynux.setMaxBlockRange(0),
                crynux -> crynux.setGasLimit(0),
                crynux -> crynux.setGasPriceMultiplier(Double.NaN),
                crynux -> crynux.setMaxGasPrice("-1"),
                crynux -> crynux.setReplaceAfter(-1),
                crynux -> crynux.setTransactionTimeout(-1),
                crynux -> crynux.setMaxPendingTransactions(0),
                crynux -> crynux.getConfiguration().setTaskFee("0"),
                crynux -> crynux.getConfiguration().setTaskFee("30 CNX"));
    }

    /** Nobody listens at the URLs, so that a value that is let through fails with another message. */
    @ParameterizedTest
    @MethodSource("mistakesOfTheComponent")
    void ofTheComponentIsRefusedAtStart(Consumer<CrynuxComponent> mistake) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            CrynuxComponent crynux = new CrynuxComponent();
            crynux.setRpcUrl("http://127.0.0.1:1");
            crynux.setContractAddress("0x00000000000000000000000000000000000000aa");
            crynux.setRelayUrl("http://127.0.0.1:1");
            crynux.setPrivateKey("0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
            crynux.getConfiguration().setTaskFee("30");
            mistake.accept(crynux);
            context.addComponent("crynux", crynux);

            assertThatThrownBy(() ->
                            context.getEndpoint("crynux:sd").createProducer().start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("(?s)(Option )?\\w+ (is|must|has) .*");
        }
    }

    private static Object producer(String uri) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return context.getEndpoint(uri).createProducer();
        }
    }

    private static void start(Consumer<RouteBuilder> route) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    route.accept(this);
                }
            });
            context.start();
        }
    }
}
