// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.crynux.devnet.CrynuxDevnet;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application that has neither Micrometer nor camel-health runs tasks as any other. */
class WithoutOptionalLibrariesTest {
    @RegisterExtension
    static final CrynuxDevnet devnet = CrynuxDevnet.builder()
            .blockTime(Duration.ofMillis(100))
            .relayLag(Duration.ofMillis(50))
            .workTime(Duration.ofMillis(50))
            .build();

    /** Runs where these libraries are missing; knows JDK types only from outside. */
    public static final class Application implements UnaryOperator<List<String>> {
        @Override
        public List<String> apply(List<String> network) {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                CrynuxComponent crynux = new CrynuxComponent();
                crynux.setRpcUrl(network.get(0));
                crynux.setContractAddress(network.get(1));
                crynux.setRelayUrl(network.get(2));
                crynux.setPrivateKey(network.get(3));
                crynux.getConfiguration().setTaskFee("30");
                crynux.setPollInterval(50);
                crynux.setShutdownGrace(50);
                context.addComponent("crynux", crynux);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:gpt").to("crynux:gpt");
                    }
                });
                context.start();
                ProducerTemplate template = context.createProducerTemplate();
                return List.of(
                        template.requestBody("direct:gpt", "What is lichen?", String.class),
                        String.valueOf(HealthCheckRegistry.get(context)));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void tasksRun() throws Exception {
        URL[] libraries = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer") && !entry.contains("camel-health"))
                .map(WithoutOptionalLibrariesTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader without = new URLClassLoader(libraries, ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(without);
            @SuppressWarnings("unchecked")
            UnaryOperator<List<String>> application =
                    (UnaryOperator<List<String>>) without.loadClass(Application.class.getName())
                            .getConstructor()
                            .newInstance();

            List<String> told = application.apply(List.of(
                    devnet.rpcUrl(),
                    devnet.contractAddress(),
                    devnet.relayUrl(),
                    devnet.account(1).privateKey()));

            assertThat(told.get(0)).containsIgnoringCase("lichen");
            assertThat(told.get(1)).isEqualTo("null");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
