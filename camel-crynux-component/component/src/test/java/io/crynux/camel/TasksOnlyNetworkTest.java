// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.crynux.client.error.NetworkException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a network that only runs tasks, everything else is refused at start, by its name. */
class TasksOnlyNetworkTest {
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void addComponent() {
        CrynuxComponent crynux = new CrynuxComponent();
        new ScriptedTestNetwork().connect(crynux);
        crynux.getConfiguration().setTaskFee("30");
        context.addComponent("crynux", crynux);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"crynux:sd?waitFor=prepared", "crynux:task?operation=status", "crynux:network"})
    void producersThatNeedAChain(String uri) {
        assertThat(start(route -> route.from("direct:in").to(uri)))
                .rootCause()
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("The protocol of this network has no chain");
    }

    @Test
    void consumersOfEvents() {
        assertThat(start(route -> route.from("crynux:events").to("mock:event")))
                .hasStackTraceContaining("The protocol of this network has no events");
    }

    @Test
    void wallets() {
        assertThat(start(route -> route.from("direct:in").to("crynux:wallet")))
                .rootCause()
                .hasMessageContaining("crynux:wallet has no wallet: the protocol of this network has none");
    }

    @Test
    void operationsThatConnectFailByTheirName() {
        assertThat(start(route -> route.from("direct:in").to("crynux:task?operation=cancel")))
                .isNull();

        assertThat(context.createProducerTemplate()
                        .request("direct:in", exchange -> exchange.getMessage().setHeader(CrynuxConstants.TASK_ID, 1))
                        .getException())
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("no operation that cancels a task");
    }

    @Test
    void onlyTheJournalIsWatched() {
        assertThat(start(route -> route.from("direct:in").to("crynux:gpt"))).isNull();

        List<HealthCheck.Result> results = HealthCheckHelper.invokeReadiness(context).stream()
                .filter(result -> result.getCheck().getId().startsWith("crynux"))
                .toList();
        assertThat(results).extracting(result -> result.getCheck().getId()).containsExactly("crynux-journal");
    }

    private Throwable start(Consumer<RouteBuilder> routes) {
        return catchThrowable(() -> {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routes.accept(this);
                }
            });
            context.start();
        });
    }
}
