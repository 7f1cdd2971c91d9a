// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskTimeoutException;
import io.crynux.client.settings.RelaySettings;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that nobody waits for any more keeps its place only as long as the network works on it; nothing else is paid. */
@Tag("chain")
class TimedOutTaskTest extends CrynuxTestSupport {
    @Override
    void configure(CrynuxComponent crynux) {
        crynux.setMaxInFlight(1);
        crynux.setMaxUnstarted(1);
        crynux.setShutdownGrace(100);
        // Tasks are not over before their time is.
        crynux.relaySettings(RelaySettings.DEFAULT);
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:sd").to("crynux:sd?imageWidth=64&imageHeight=64");
                from("direct:short").to("crynux:sd?taskTimeout=400ms");
            }
        };
    }

    @Test
    void aTaskThatSucceedsAfterItsTimeOutGivesItsPlaceBack() throws Exception {
        testNetwork.holdInstantTasks();
        Exchange late = template.request("direct:short", e -> e.getMessage().setBody("a harbour"));
        assertThat(late.getException()).isInstanceOf(TaskTimeoutException.class);

        testNetwork.letGo();
        assertThat(template.requestBody("direct:sd", "a lighthouse", byte[].class))
                .isNotEmpty();
        assertThat(payments()).isEqualTo(2);
    }
}
