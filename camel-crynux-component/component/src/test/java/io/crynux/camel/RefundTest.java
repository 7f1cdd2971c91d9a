// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.client.error.TaskAbortedException;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that disagree cost the creator nothing, and the balance proves it. */
@Tag("chain")
class RefundTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:gpt").to("crynux:gpt");
            }
        };
    }

    @Test
    void aTaskWithoutTwoEqualResultsIsRefunded() {
        devnet.faults().nodes().disagree();

        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException(TaskAbortedException.class).reason()).isEqualTo("Task result illegal");
        assertThat(out.getException()).hasMessageContaining("fee of 30 CNX was paid; 30 CNX of it was refunded");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_REFUNDED)).isEqualTo("30");
    }

    @Test
    void oneCheatingNodeDoesNotSpoilTheResult() {
        devnet.faults().nodes().cheat(1);

        Exchange out = template.request("direct:gpt", e -> e.getMessage().setBody("What is lichen?"));

        assertThat(out.getException()).isNull();
        assertThat(out.getMessage().getBody(String.class)).containsIgnoringCase("lichen");
    }
}
