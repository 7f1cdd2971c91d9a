// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.springboot;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** As a user's: what it has of crynux is a route. */
@SpringBootApplication
class TestApplication {
    @Bean
    RouteBuilder images() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").routeId("images").to("crynux:sd?taskFee=30");
            }
        };
    }
}
