// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel.quarkus.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RoutesOnQuarkusTest {
    @Inject
    ProducerTemplate template;

    @Inject
    CamelContext context;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "camel.component.crynux.rpc-url")
    String rpcUrl;

    @ConfigProperty(name = "crynux.devnet.page-url")
    String page;

    @Test
    void aRouteInYamlMakesAnImageOnTheDevnet() {
        Exchange answer = template.request(
                "direct:image", exchange -> exchange.getMessage().setBody("a lighthouse at dawn"));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody(byte[].class)).startsWith(0x89, 'P', 'N', 'G');
        assertThat(answer.getMessage().getHeader("CamelCrynuxFeePaid")).isEqualTo("30");
    }

    @Test
    void aRouteInJavaWritesATextOnTheDevnet() {
        Exchange answer = template.request(
                "direct:text", exchange -> exchange.getMessage().setBody("How old is the oldest bridge?"));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody(String.class)).isNotBlank();
        assertThat(answer.getMessage().getHeader("CamelCrynuxFeePaid")).isEqualTo("20");
    }

    @Test
    void theDevnetAndItsPageAnswerWhereTheApplicationIsTold() throws Exception {
        assertThat(rpcUrl).startsWith("http://127.0.0.1:");
        assertThat(get(page).statusCode()).isEqualTo(200);
    }

    @Test
    void aCheckOfTheComponentThatIsDownMakesTheApplicationUnready() throws Exception {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        AbstractHealthCheck check = down("no node answers");

        // The first looks make the component's checks ask chain and Relay.
        await().atMost(Duration.ofSeconds(30)).until(() -> get(ready()).statusCode() == 200);
        registry.register(check);
        HttpResponse<String> unready = get(ready());
        registry.unregister(check);

        assertThat(unready.statusCode()).isEqualTo(503);
        assertThat(unready.body()).contains("camel-crynux", "crynux-test", "DOWN: no node answers");
        await().atMost(Duration.ofSeconds(30)).until(() -> get(ready()).statusCode() == 200);
    }

    private static AbstractHealthCheck down(String why) {
        return new AbstractHealthCheck("crynux", "crynux-test") {
            @Override
            protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
                builder.down().message(why);
            }
        };
    }

    private String ready() {
        return "http://localhost:" + port + "/q/health/ready";
    }

    private static HttpResponse<String> get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
