// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** From a prompt to an image. What it costs at most is in application.properties. */
@Component
class ImageRoute extends RouteBuilder {
    static final String PROMPTS = "direct:prompts";

    @Override
    public void configure() {
        // Strangers write the prompts: they are text whatever they look like, and set no parameters.
        from(PROMPTS).routeId("images").to("crynux:sd?bodyFormat=prompt");
    }
}
