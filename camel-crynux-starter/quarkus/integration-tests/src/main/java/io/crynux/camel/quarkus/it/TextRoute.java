// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.it;

import org.apache.camel.builder.RouteBuilder;

/** A route in Java; the one in YAML is in {@code routes}. */
public class TextRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:text").routeId("text").to("crynux:gpt?taskFee=20");
    }
}
