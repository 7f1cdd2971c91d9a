// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Headers steer one task and then are gone; those of one task are not taken for another's. */
@Tag("chain")
class HeadersTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both").to("crynux:gpt").to("mock:between").to("crynux:sd?imageWidth=64&imageHeight=64");
            }
        };
    }

    @Test
    void aHeaderSteersOneTaskOnly() {
        Map<String, Object> headers = new HashMap<>();
        headers.put(CrynuxConstants.TASK_FEE, "12.5");
        headers.put(CrynuxConstants.TASK_TIMEOUT, "30s");
        headers.put(CrynuxConstants.VRAM_LIMIT, 20);
        headers.put(CrynuxConstants.CAP, "1");
        Exchange out = template.request("direct:both", exchange -> {
            exchange.getMessage().setBody("Describe a lighthouse");
            exchange.getMessage().setHeaders(headers);
        });

        assertThat(out.getException()).isNull();
        Exchange between = getMockEndpoint("mock:between").getExchanges().get(0);
        assertThat(between.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("12.5");
        assertThat(out.getMessage().getHeader(CrynuxConstants.FEE_PAID)).isEqualTo("30");
        assertThat(between.getMessage().getHeaders())
                .doesNotContainKeys(
                        CrynuxConstants.TASK_FEE,
                        CrynuxConstants.TASK_TIMEOUT,
                        CrynuxConstants.VRAM_LIMIT,
                        CrynuxConstants.CAP);
    }

    @Test
    void whatOneTaskTellsIsNotTakenForTheNextOnes() {
        Exchange out = template.request("direct:both", e -> e.getMessage().setBody("Describe a lighthouse"));

        assertThat(out.getMessage().getHeaders())
                .containsEntry(CrynuxConstants.TASK_KIND, "sd")
                .containsEntry(CrynuxConstants.TASK_ID, "2")
                .doesNotContainKeys(CrynuxConstants.FINISH_REASON, CrynuxConstants.TOTAL_TOKENS);
    }
}
