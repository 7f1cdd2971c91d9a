// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.crynux.client.internal.protocol.relay.replay.ReplayClient;
import io.crynux.client.task.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** A result is downloaded over broken connections, within its limit, and compared with its score. */
class ResultDownloadTest {
    private static final String WORD = "0x" + "11".repeat(32);
    private static final int HALF = 50_000;
    private final byte[] file = new byte[2 * HALF];
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ReplayClient client;
    private volatile boolean honoursRanges = true;
    private volatile boolean changed;
    private final AtomicInteger failures = new AtomicInteger(1);

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        client = new ReplayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/v1/now")) {
            byte[] now = "{\"message\":\"success\",\"data\":{\"now\":1}}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, now.length);
            exchange.getResponseBody().write(now);
            exchange.close();
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        boolean whole = range == null
                || !honoursRanges
                || (changed && exchange.getRequestHeaders().getFirst("If-Range") != null);
        int from = whole ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        exchange.getResponseHeaders().set("Last-Modified", "Mon, 30 Nov 2026 01:00:00 GMT");
        if (!whole) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(whole ? 200 : 206, file.length - from);
        boolean breaks = failures.getAndDecrement() > 0;
        exchange.getResponseBody().write(file, from, breaks ? HALF : file.length - from);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private Answer<Content> download() {
        return ReplayClient.get(client.api("0x" + "46".repeat(32)).result(WORD, 0, 64L << 20, 1L << 16));
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
        Content content = download().value().orElseThrow();

        assertThat(content.bytes()).isEqualTo(file);
        assertThat(ranges).hasSize(2).first().isEqualTo("null");
        assertThat(ranges.get(1)).startsWith("bytes=").isNotEqualTo("bytes=0-");
        content.close();
    }

    @Test
    void aServerWithoutRangesSendsItAgain() throws IOException {
        honoursRanges = false;

        Content content = download().value().orElseThrow();

        assertThat(content.bytes()).isEqualTo(file);
        content.close();
    }

    @Test
    void aFileThatChangedIsSentAgain() throws IOException {
        changed = true;

        Content content = download().value().orElseThrow();

        assertThat(content.bytes()).isEqualTo(file);
        content.close();
    }

    @Test
    void withoutProgressItEnds() {
        server.removeContext("/");
        server.createContext("/", exchange -> exchange.close());

        assertThat(download().refusal().orElseThrow()).isInstanceOf(Refusal.NoAnswer.class);
    }

    @Test
    void aTextHasItsScore() {
        Content content = Content.of("answer".getBytes(StandardCharsets.UTF_8));
        String score = Numeric.toHexString(Hash.sha256("answer".getBytes(StandardCharsets.UTF_8)));

        assertThat(RelayApi.hasScore(content, score)).isTrue();
        assertThat(RelayApi.hasScore(content, "0x" + "00".repeat(32))).isFalse();
        assertThat(Arrays.asList("", "0x")).noneMatch(other -> RelayApi.hasScore(content, other));
    }
}
