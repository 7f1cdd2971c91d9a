// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.fault.Fault;
import io.crynux.testing.OnDevnetChainOnly;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A route hears once that the wallet runs dry, and once that it has recovered. */
@Tag("chain")
class WalletConsumerTest extends CrynuxTestSupport {
    private static final BigInteger CNX = BigInteger.TEN.pow(18);

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // The devnet's accounts have 10,000 CNX.
                from("crynux:wallet?minBalance=9980&checkInterval=50&bridgeErrorHandler=true")
                        .routeId("watch")
                        .onException(Exception.class)
                        .handled(true)
                        .to("mock:failures")
                        .end()
                        .to("mock:balances");
                from("direct:gpt").to("crynux:gpt?waitFor=created");
                from("direct:balance").to("crynux:wallet");
            }
        };
    }

    @Test
    void lowAndRecoveredAreToldOnceEach() throws Exception {
        MockEndpoint balances = getMockEndpoint("mock:balances");
        balances.expectedMessageCount(1);
        template.sendBody("direct:gpt", "What is lichen?");
        balances.assertIsSatisfied();

        JsonNode low = body(0);
        assertThat(low.path("state").asText()).isEqualTo("low");
        assertThat(low.path("address").asText())
                .isEqualToIgnoringCase(devnet.account(0).address());
        assertThat(low.path("minBalance").asText()).isEqualTo("9980");
        assertThat(low.path("balance").asText()).startsWith("9969.");
        assertThat(low.path("tasksLeft").asInt()).isEqualTo(332);
        assertThat(balances.getExchanges().get(0).getMessage().getHeader(CrynuxConstants.BALANCE))
                .isEqualTo(low.path("balance").asText());

        template.sendBody("direct:gpt", "What is moss?");
        devnet.chain().fund(devnet.account(0).address(), CNX.multiply(BigInteger.valueOf(100)));
        await().atMost(Duration.ofSeconds(20)).until(() -> balances.getReceivedCounter() > 1);

        assertThat(body(1).path("state").asText()).as("nothing in between").isEqualTo("recovered");
        assertThat(balances.getReceivedCounter()).isEqualTo(2);
    }

    @Test
    @OnDevnetChainOnly("it injects a fault into the node")
    void anOutageIsToldOnce() throws Exception {
        MockEndpoint failures = getMockEndpoint("mock:failures");
        Fault outage = devnet.faults().rpc().respondError("eth_getBalance", -32603, "no state");
        await().atMost(Duration.ofSeconds(20)).until(() -> outage.hits() > 3);
        outage.end();
        long looks = calls("eth_getBalance");
        await().atMost(Duration.ofSeconds(20)).until(() -> calls("eth_getBalance") > looks + 2);
        assertThat(failures.getReceivedCounter()).isEqualTo(1);

        Fault again = devnet.faults().rpc().respondError("eth_getBalance", -32603, "no state");
        await().atMost(Duration.ofSeconds(20)).until(() -> again.hits() > 1 && failures.getReceivedCounter() > 1);
    }

    @Test
    @OnDevnetChainOnly("it counts the node's calls")
    void aSuspendedRouteHearsWhenItIsResumed() throws Exception {
        MockEndpoint balances = getMockEndpoint("mock:balances");
        context.getRouteController().suspendRoute("watch", 5, TimeUnit.SECONDS);
        template.sendBody("direct:gpt", "What is lichen?");
        long looks = calls("eth_getBalance");
        long polls = calls("eth_getBlockByNumber");
        await().atMost(Duration.ofSeconds(20)).until(() -> calls("eth_getBlockByNumber") > polls + 5);
        assertThat(calls("eth_getBalance")).as("nobody looks").isEqualTo(looks);
        assertThat(balances.getReceivedCounter()).isZero();

        context.getRouteController().resumeRoute("watch");
        await().atMost(Duration.ofSeconds(20)).until(() -> balances.getReceivedCounter() == 1);
    }

    @Test
    void theProducerTellsTheBalance() {
        assertThat(template.requestBody("direct:balance", null, String.class)).isEqualTo("10000");
    }

    private long calls(String method) {
        return devnet.chain().rpcCounts().getOrDefault(method, 0L);
    }

    private JsonNode body(int index) throws Exception {
        return new ObjectMapper()
                .readTree(getMockEndpoint("mock:balances")
                        .getExchanges()
                        .get(index)
                        .getMessage()
                        .getBody(String.class));
    }
}
