// SPDX-License-Identifier: Apache-2.0
package io.crynux.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crynux.camel.CrynuxComponent;
import io.crynux.client.error.TaskAbortedException;
import io.crynux.devnet.CrynuxDevnet;
import io.crynux.devnet.DevnetTask;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The test that docs/testing.md is about; {@link TutorialPageTest} keeps the two the same. */
class LighthouseRouteTest extends CamelTestSupport {
    @RegisterExtension
    static CrynuxDevnet devnet = CrynuxDevnet.builder()
            .nodes(3)
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        CrynuxComponent crynux = context.getComponent("crynux", CrynuxComponent.class);
        crynux.setRpcUrl(devnet.rpcUrl());
        crynux.setRelayUrl(devnet.relayUrl());
        crynux.setContractAddress(devnet.contractAddress());
        crynux.setPrivateKey(devnet.account(0).privateKey());
        crynux.getConfiguration().setTaskFee("30");
        crynux.setPollInterval(50);
        crynux.setFinality("2");
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(TaskAbortedException.class).handled(true).to("mock:aborted");
                from("direct:prompt").to("crynux:sd").to("mock:image");
            }
        };
    }

    @Test
    void aPromptBecomesAnImage() throws Exception {
        MockEndpoint image = getMockEndpoint("mock:image");
        image.expectedHeaderReceived("CamelCrynuxTaskKind", "sd");
        image.expectedMessageCount(1);

        template.sendBody("direct:prompt", "a lighthouse at dawn");

        image.assertIsSatisfied();
        DevnetTask task = devnet.tasks().withPrompt("a lighthouse at dawn");
        assertEquals("30", task.fee().toPlainString());
    }

    @Test
    void aTaskThatTheNodesFailOnGoesAnotherWay() throws Exception {
        devnet.faults().nodes().fail(3);
        MockEndpoint aborted = getMockEndpoint("mock:aborted");
        aborted.expectedHeaderReceived("CamelCrynuxAbortReason", "Task error reported");

        template.sendBody("direct:prompt", "a harbour");

        aborted.assertIsSatisfied();
        devnet.tasks().aborted("Task error reported");
    }

    @Test
    void aNodeThatLimitsTheRateCostsTimeAndNothingElse() throws Exception {
        devnet.faults().rpc().respond429(Duration.ofSeconds(1)).times(3);
        MockEndpoint image = getMockEndpoint("mock:image");
        image.expectedMessageCount(1);

        template.sendBody("direct:prompt", "a canal");

        image.assertIsSatisfied();
        devnet.tasks().eachPaid("30").areAllDifferent();
    }
}
