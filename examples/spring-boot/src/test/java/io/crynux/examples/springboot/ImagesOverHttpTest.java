// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.crynux.camel.springboot.devnet.EnableCrynuxDevnet;
import io.crynux.devnet.CrynuxDevnet;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The service returns images for prompts over HTTP. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@EnableCrynuxDevnet
class ImagesOverHttpTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Autowired
    private CamelContext camel;

    @Autowired
    private CrynuxDevnet devnet;

    @Value("${local.server.port}")
    private int port;

    @Test
    void aPromptBecomesAnImage() throws Exception {
        HttpResponse<byte[]> answer = post("a lighthouse at dawn", UUID.randomUUID());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("crynux-fee-paid")).hasValue("30");
        assertThat(answer.headers().firstValue("crynux-task-id")).isNotEmpty();
        assertThat(answer.body()).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void aRequestThatIsSentAgainIsPaidOnce() throws Exception {
        UUID key = UUID.randomUUID();
        HttpResponse<byte[]> first = post("a canal in the rain", key);
        HttpResponse<byte[]> again = post("a canal in the rain", key);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("crynux-task-id"))
                .isEqualTo(first.headers().firstValue("crynux-task-id"));
    }

    @Test
    void whatCannotBeComputedIsRefusedBeforeItIsPaid() throws Exception {
        int before = devnet.tasks().all().size();
        HttpResponse<byte[]> answer = post(" ", UUID.randomUUID());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).contains("prompt");
        assertThat(devnet.tasks().all().size()).isEqualTo(before);
    }

    @Test
    void whatTheNetworkDoesNotComputeIsAGatewaysFailure() throws Exception {
        devnet.faults().nodes().disagree();
        HttpResponse<byte[]> answer = post("a harbour", UUID.randomUUID());
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(text(answer)).doesNotContain("0x");
    }

    @Test
    void theApplicationIsHealthy() {
        // The first calls make the component's checks ask chain and Relay.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            HttpResponse<byte[]> answer =
                    HTTP.send(HttpRequest.newBuilder(uri("/actuator/health")).build(), BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(text(answer)).contains("\"camelHealth\":{\"status\":\"UP\"");
        });
        assertThat(HealthCheckHelper.invokeReadiness(camel, "full"))
                .extracting(result -> result.getCheck().getId())
                .contains(
                        "crynux-rpc", "crynux-head", "crynux-relay", "crynux-wallet", "crynux-journal", "crynux-lane");
    }

    private HttpResponse<byte[]> post(String prompt, UUID key) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/images"))
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", key.toString())
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofString(prompt))
                .build();
        return HTTP.send(request, BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
