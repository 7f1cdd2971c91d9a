// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import io.crynux.camel.springboot.devnet.CrynuxDevnetInitializer;
import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * HTTP service that returns an image for a prompt. With {@code devnet=true} it uses a network in this JVM, otherwise that of
 * application.properties.
 */
@SpringBootApplication
public class ImagesApplication {

    public static void main(String[] args) {
        new SpringApplicationBuilder(ImagesApplication.class)
                .initializers(ImagesApplication::startDevnet)
                .run(args);
    }

    private static void startDevnet(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty("devnet", Boolean.class, false)) {
            new CrynuxDevnetInitializer(CrynuxDevnet.builder().blockTime(Duration.ofMillis(500))).initialize(context);
        }
    }
}
