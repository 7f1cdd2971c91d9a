// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quarkus;

import org.apache.camel.builder.RouteBuilder;

/** A prompt in, an image out. What a task may cost is in {@code application.properties}. */
public class ImageRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:image").routeId("image").to("crynux:sd?imageWidth=512&imageHeight=512&bodyFormat=prompt");
    }
}
