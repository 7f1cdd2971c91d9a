// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.InterceptSendToMockEndpointStrategy;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crynux: endpoint that a test mocks and skips needs no network, as with other components of Camel. */
class SkippedEndpointTest {
    private final CamelContext context = new DefaultCamelContext();
    private final CrynuxComponent crynux = new CrynuxComponent();

    @BeforeEach
    void addComponent() {
        context.addComponent("crynux", crynux);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crynux:sd?taskFee=30",
                "crynux:gpt",
                "crynux:sd-ft-lora?gpuName=x",
                "crynux:sd?waitFor=prepared",
                "crynux:task?operation=status",
                "crynux:task?operation=cancel",
                "crynux:wallet",
                "crynux:network"
            })
    void aMockedAndSkippedEndpointNeedsNoOptionOfTheNetwork(String uri) throws Exception {
        context.getCamelContextExtension().registerEndpointCallback(skipping("crynux:*"));
        start(route -> route.from("direct:in").to(uri));

        assertArrives("mock:" + uri.replaceAll("\\?.*", ""));
    }

    @Test
    void norANodeThatAnswers() throws Exception {
        crynux.setRpcUrl("http://127.0.0.1:1");
        crynux.setRelayUrl("http://127.0.0.1:1");
        crynux.setContractAddress("0x00000000000000000000000000000000000000aa");
        crynux.setPrivateKey("0x4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318");
        context.getCamelContextExtension().registerEndpointCallback(skipping("crynux:*"));
        start(route -> route.from("direct:in").to("crynux:sd?taskFee=30"));

        assertArrives("mock:crynux:sd");
    }

    @Test
    void anEndpointOfAnAddressMadeAtRunTimeIsSkippedToo() throws Exception {
        context.getCamelContextExtension().registerEndpointCallback(skipping("crynux.*"));
        start(route -> route.from("direct:in").toD("crynux:sd?steps=${header.steps}"));

        MockEndpoint mock = context.getEndpoint("mock:crynux:sd", MockEndpoint.class);
        mock.expectedMessageCount(2);
        context.createProducerTemplate().sendBodyAndHeader("direct:in", "a lighthouse", "steps", 1);
        context.createProducerTemplate().sendBodyAndHeader("direct:in", "a lighthouse", "steps", 2);
        mock.assertIsSatisfied();
    }

    @Test
    void adviceWithMocksAndSkips() throws Exception {
        context.addRoutes(route(route -> route.from("direct:in").routeId("r").to("crynux:sd?taskFee=30")));
        AdviceWith.adviceWith(context, "r", advice -> advice.mockEndpointsAndSkip("crynux:*"));
        context.start();

        assertArrives("mock:crynux:sd");
    }

    @Test
    void adviceWithReplaces() throws Exception {
        context.addRoutes(route(route -> route.from("direct:in").routeId("r").to("crynux:sd?taskFee=30")));
        AdviceWith.adviceWith(context, "r", advice -> advice.weaveByToUri("crynux:*")
                .replace()
                .to("mock:image"));
        context.start();

        assertArrives("mock:image");
    }

    @Test
    void adviceWithReplacesAConsumer() throws Exception {
        context.addRoutes(
                route(route -> route.from("crynux:events").routeId("r").to("mock:event")));
        AdviceWith.adviceWith(context, "r", advice -> advice.replaceFromWith("direct:in"));
        context.start();

        assertArrives("mock:event");
    }

    @Test
    void aStubStandsForIt() throws Exception {
        start(route -> {
            route.from("direct:in").to("stub:crynux:sd?taskFee=30");
            route.from("stub:crynux:sd?taskFee=30").to("mock:stubbed");
        });

        assertArrives("mock:stubbed");
    }

    @Test
    void aRouteMaySkipItOnACondition() throws Exception {
        start(route -> {
            route.interceptSendToEndpoint("crynux:*")
                    .onWhen(route.header("dry").isEqualTo(true))
                    .skipSendToOriginalEndpoint()
                    .to("mock:dry");
            route.from("direct:in").to("crynux:sd?taskFee=30");
        });
        MockEndpoint dry = context.getEndpoint("mock:dry", MockEndpoint.class);
        dry.expectedMessageCount(1);

        context.createProducerTemplate().sendBodyAndHeader("direct:in", "a lighthouse", "dry", true);
        Exchange wet = context.createProducerTemplate()
                .request("direct:in", exchange -> exchange.getMessage().setBody("a lighthouse"));

        dry.assertIsSatisfied();
        assertThat(wet.getException()).hasMessageContaining("Option rpcUrl is missing");
    }

    @Test
    void aMockThatSkipsNothingConnectsAtStart() {
        context.getCamelContextExtension()
                .registerEndpointCallback(new InterceptSendToMockEndpointStrategy("crynux:*"));

        assertThat(catchThrowable(() -> start(route -> route.from("direct:in").to("crynux:sd?taskFee=30"))))
                .rootCause()
                .hasMessageContaining("Option rpcUrl is missing");
    }

    @Test
    void anOptionThatCannotBeIsRefusedAllTheSame() {
        context.getCamelContextExtension().registerEndpointCallback(skipping("crynux:*"));

        assertThatThrownBy(() -> start(route -> route.from("direct:in").to("crynux:sd?steps=0")))
                .rootCause()
                .hasMessageContaining("Option steps is 0");
    }

    private static InterceptSendToMockEndpointStrategy skipping(String pattern) {
        return new InterceptSendToMockEndpointStrategy(pattern, true);
    }

    private void start(Consumer<RouteBuilder> routes) throws Exception {
        context.addRoutes(route(routes));
        context.start();
    }

    private static RouteBuilder route(Consumer<RouteBuilder> routes) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                routes.accept(this);
            }
        };
    }

    private void assertArrives(String mock) throws InterruptedException {
        MockEndpoint arrived = context.getEndpoint(mock, MockEndpoint.class);
        arrived.expectedBodiesReceived("a lighthouse");
        context.createProducerTemplate().sendBody("direct:in", "a lighthouse");
        arrived.assertIsSatisfied();
    }
}
