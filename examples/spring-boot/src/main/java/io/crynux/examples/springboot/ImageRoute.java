// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** Returns an image for a prompt. The limits of its cost are in application.properties. */
@Component
class ImageRoute extends RouteBuilder {
    static final String PROMPTS = "direct:prompts";

    @Override
    public void configure() {
        // Prompts come from untrusted senders, who must not set parameters.
        from(PROMPTS).routeId("images").to("crynux:sd?bodyFormat=prompt");
    }
}
