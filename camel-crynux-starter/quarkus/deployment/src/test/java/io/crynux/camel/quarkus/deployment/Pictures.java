// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.deployment;

import org.apache.camel.builder.RouteBuilder;

/** A route as applications have it. */
public class Pictures extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:pictures").routeId("pictures").to("crynux:sd?taskFee=30");
    }
}
