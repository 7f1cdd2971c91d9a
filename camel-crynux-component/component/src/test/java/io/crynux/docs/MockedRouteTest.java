// SPDX-License-Identifier: Apache-2.0
package io.crynux.docs;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

/** The test without a network of docs/testing.md. */
class MockedRouteTest extends CamelTestSupport {

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        configuration.withMockEndpointsAndSkip("crynux:*");
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompt").to("crynux:sd").to("mock:image");
            }
        };
    }

    @Test
    void thePromptArrives() throws Exception {
        MockEndpoint image = getMockEndpoint("mock:crynux:sd");
        image.expectedBodiesReceived("a lighthouse at dawn");
        image.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(new byte[] {1, 2, 3}));
        MockEndpoint result = getMockEndpoint("mock:image");
        result.expectedMessageCount(1);

        template.sendBody("direct:prompt", "a lighthouse at dawn");

        image.assertIsSatisfied();
        result.assertIsSatisfied();
    }
}
