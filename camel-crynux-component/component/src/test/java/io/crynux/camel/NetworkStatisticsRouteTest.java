// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.NetworkException;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** How many nodes and tasks there are, from Relay and contract; without a wallet. */
class NetworkStatisticsRouteTest extends CrynuxTestSupport {

    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setPrivateKey(null);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:network").to("crynux:network");
            }
        };
    }

    @Test
    void relayAndContractAreTold() throws Exception {
        JsonNode network = ask();

        assertThat(network.path("nodes").path("all_nodes").asInt()).isEqualTo(3);
        assertThat(network.path("tasks").has("queued_tasks")).isTrue();
        assertThat(network.path("network").path("tflops").asDouble()).isPositive();
        assertThat(network.path("contract").path("totalTasks").asInt(-1)).isZero();
        assertThat(network.has("problems")).isFalse();
    }

    @Test
    void whatIsMissingDoesNotKeepTheRestBack() throws Exception {
        devnet.faults().relay().respond(503);

        JsonNode network = ask();

        assertThat(network.path("contract").has("totalTasks")).isTrue();
        assertThat(network.has("nodes")).isFalse();
        assertThat(network.path("problems").path("nodes").asText()).contains("HTTP 503");
    }

    @Test
    void nobodyAnswering() {
        devnet.faults().relay().down();
        devnet.faults().rpc().down();

        assertThat(template.request("direct:network", e -> {}).getException()).isInstanceOf(NetworkException.class);
    }

    private JsonNode ask() throws Exception {
        return new ObjectMapper().readTree(template.requestBody("direct:network", null, String.class));
    }
}
