// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.quarkus;

import org.apache.camel.builder.RouteBuilder;

/** Returns an image for a prompt. The fee is in {@code application.properties}. */
public class ImageRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:image").routeId("image").to("crynux:sd?imageWidth=512&imageHeight=512&bodyFormat=prompt");
    }
}
