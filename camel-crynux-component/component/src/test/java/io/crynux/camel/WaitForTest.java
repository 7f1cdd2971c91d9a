// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How far a task goes before its route goes on, whatever the exchange pattern is. */
@Tag("chain")
class WaitForTest extends CrynuxTestSupport {

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:result").to("crynux:sd?waitFor=result");
                from("direct:success").to("crynux:sd?waitFor=success");
                from("direct:uploaded").to("crynux:sd?waitFor=uploaded");
                from("direct:created").to("crynux:sd?waitFor=created");
                from("direct:inOnly").to(ExchangePattern.InOnly, "crynux:sd").to("mock:images");
            }
        };
    }

    @Test
    void createdGoesOnWithThePromptAndTheId() {
        Exchange out = run("created");

        assertThat(out.getMessage().getBody()).isEqualTo("a lighthouse");
        assertThat(out.getMessage().getHeader(CrynuxConstants.TASK_ID)).isEqualTo("1");
        assertThat(out.getMessage().getHeader(CrynuxConstants.RESULT_NODE)).isNull();
    }

    @Test
    void uploadedGoesOnWhenTheRelayHasTheParameters() {
        Exchange out = run("uploaded");

        assertThat(out.getMessage().getBody()).isEqualTo("a lighthouse");
        assertThat(testNetwork.hasParameters(1)).isTrue();
    }

    @Test
    void successGoesOnWhenTheNodesAgree() {
        Exchange out = run("success");

        assertThat(out.getMessage().getBody()).isEqualTo("a lighthouse");
        assertThat(out.getMessage().getHeader(CrynuxConstants.RESULT_NODE, String.class))
                .startsWith(node());
    }

    @Test
    void inOnlyWaitsForTheResultToo() throws Exception {
        getMockEndpoint("mock:images").expectedMessageCount(1);
        template.sendBody("direct:inOnly", "a lighthouse");
        getMockEndpoint("mock:images").assertIsSatisfied();

        Exchange image = getMockEndpoint("mock:images").getExchanges().get(0);
        assertThat(ImageIO.read(image.getMessage().getBody(InputStream.class))).isNotNull();
    }

    /** How names of nodes begin. */
    String node() {
        return "0x";
    }

    private Exchange run(String waitFor) {
        Exchange out = template.request("direct:" + waitFor, e -> e.getMessage().setBody("a lighthouse"));
        assertThat(out.getException()).isNull();
        return out;
    }
}
