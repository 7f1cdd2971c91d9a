// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import io.crynux.camel.springboot.devnet.CrynuxDevnetInitializer;
import io.crynux.devnet.CrynuxDevnet;
import java.time.Duration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Images for prompts by HTTP. With {@code devnet=true} on a network in this JVM, else on the one of the properties. */
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
