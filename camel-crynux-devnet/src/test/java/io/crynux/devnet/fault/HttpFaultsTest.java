// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.crynux.devnet.chain.Chain;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server and its proxies do to any request, and for how long. */
class HttpFaultsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Chain chain = Chain.builder().blocksOnDemand().start();
    private final HttpFaults faults = chain.rpcFaults();

    @AfterEach
    void close() {
        chain.close();
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(URI.create(chain.rpcUrl()))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}"))
                .build();
    }

    private HttpResponse<String> answer() throws IOException, InterruptedException {
        return HTTP.send(request(), HttpResponse.BodyHandlers.ofString());
    }

    private void assertUsual() throws IOException, InterruptedException {
        assertThat(answer().body()).contains("\"result\":\"0x7a69\"");
    }

    @Test
    void tooManyRequestsSoOften() throws Exception {
        Fault fault = faults.respond429(Duration.ofMillis(1500)).times(2);
        HttpResponse<String> answer = answer();
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).startsWith("<html>");
        assertThat(answer().statusCode()).isEqualTo(429);
        assertUsual();
        assertThat(fault.hits()).isEqualTo(2);
        assertThat(fault.isOn()).isFalse();
    }

    @Test
    void tooManyRequestsWithoutAWordOnWhenToComeAgain() throws Exception {
        faults.respond429();
        HttpResponse<String> answer = answer();
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void pagesOfHtml() throws Exception {
        for (int status : List.of(500, 502, 503, 504, 200)) {
            faults.respond(status).times(1);
            HttpResponse<String> answer = answer();
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
            assertThat(answer.body()).contains("<h1>" + status);
        }
        assertUsual();
    }

    @Test
    void anyBody() throws Exception {
        for (String body : List.of("", "{}", "{\"jsonrpc\":", "null")) {
            faults.respondBody(body).times(1);
            HttpResponse<String> answer = answer();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void downUntilItIsEnded() throws Exception {
        Fault down = faults.down();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(this::answer).isInstanceOf(IOException.class);
        }
        down.end();
        assertUsual();
    }

    @Test
    void halfABody() throws Exception {
        faults.truncate().times(1);
        byte[] received = HTTP.send(request(), HttpResponse.BodyHandlers.ofInputStream())
                .body()
                .readNBytes(10);
        assertThat(new String(received, StandardCharsets.UTF_8)).startsWith("{\"jsonrpc\"");
        assertUsual();
        faults.truncate();
        assertThatThrownBy(this::answer).isInstanceOf(IOException.class);
        faults.clear();
        assertUsual();
    }

    @Test
    void connectionsThatAreNeverAnswered() throws Exception {
        faults.neverAnswer().times(1);
        CompletableFuture<HttpResponse<String>> silent =
                HTTP.sendAsync(request(), HttpResponse.BodyHandlers.ofString());
        await().atMost(Duration.ofSeconds(10)).until(() -> faults.on().isEmpty());
        assertUsual();
        assertThat(silent).isNotDone();
        chain.close();
        assertThat(silent).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void bodiesWithoutEnd() throws Exception {
        faults.respondEndlessly().times(1);
        HttpResponse<InputStream> answer = HTTP.send(request(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
        try (InputStream body = answer.body()) {
            assertThat(new String(body.readNBytes(10), StandardCharsets.UTF_8)).startsWith("{\"jsonrpc\"");
            assertThat(body.skip(50_000_000)).isEqualTo(50_000_000);
        }
        assertUsual();
    }

    @Test
    void slowAnswersHoldNoThread() throws Exception {
        faults.slow(Duration.ofMillis(300));
        long start = System.nanoTime();
        // More at a time than the server has threads.
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 200)
                .mapToObj(i -> HTTP.sendAsync(request(), HttpResponse.BodyHandlers.ofString()))
                .toList();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().body()).contains("0x7a69");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    @Test
    void forAWhile() throws Exception {
        Fault fault = faults.respond(503).during(Duration.ofMillis(200));
        assertThat(answer().statusCode()).isEqualTo(503);
        await().atMost(Duration.ofSeconds(10)).until(() -> answer().statusCode() == 200);
        assertThat(fault.isOver()).isTrue();
    }

    @Test
    void oneAfterTheOther() throws Exception {
        faults.respond(502).times(1);
        Fault second = faults.respond(504).times(1);
        assertThat(faults.on())
                .extracting(Fault::name)
                .containsExactly("rpc: status 502 with HTML", "rpc: status 504 with HTML");
        assertThat(answer().statusCode()).isEqualTo(502);
        assertThat(faults.on()).containsExactly(second);
        assertThat(answer().statusCode()).isEqualTo(504);
        assertUsual();
        assertThat(faults.on()).isEmpty();
    }
}
