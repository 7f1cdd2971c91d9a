// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.web3j.utils.Numeric;

/** Answers each request with a recorded answer, whatever is asked, and the Relay's time with the time of the test. */
public final class ReplayServer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile JsonNode response;
    private volatile long now;
    private volatile boolean nowIsRecorded;
    private volatile Received received;

    /** A request as the server got it. */
    public record Received(String method, String path, String query, String contentType, String body) {}

    public ReplayServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Sets the answer of the next requests, and the Relay's time in seconds. */
    public void play(Exchange exchange, long seconds) {
        response = withoutGaps(exchange.response());
        now = seconds;
        nowIsRecorded = exchange.path().equals("/v1/now");
        received = null;
    }

    /** A recording of a long list has an entry for the rows that it leaves out. */
    private static JsonNode withoutGaps(JsonNode recorded) {
        JsonNode copy = recorded.deepCopy();
        for (JsonNode list : List.of(copy.at("/body/data"), copy.at("/body/data/records"))) {
            for (Iterator<JsonNode> rows = list.isArray() ? list.iterator() : Collections.emptyIterator();
                    rows.hasNext(); ) {
                if (rows.next().has("rowsLeftOutHere")) {
                    rows.remove();
                }
            }
        }
        return copy;
    }

    /** The last request, without those for the time. */
    public Received received() {
        return received;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestURI().getPath().equals("/v1/now") && !nowIsRecorded) {
            send(exchange, 200, "application/json", ("{\"message\":\"success\",\"data\":{\"now\":" + now + "}}"));
            return;
        }
        received = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getRawQuery(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(body, StandardCharsets.UTF_8));
        JsonNode recorded = response;
        if (recorded.path("status").isNull()) {
            // Without an answer.
            exchange.close();
            return;
        }
        send(
                exchange,
                recorded.path("status").intValue(),
                recorded.path("contentType").asText("text/plain"),
                bytes(recorded.path("body")));
    }

    private static byte[] bytes(JsonNode body) {
        if (body.has("base64")) {
            return Base64.getDecoder().decode(body.path("base64").textValue());
        }
        if (body.has("text") && body.has("sha256")) {
            return body.path("text").asText().getBytes(StandardCharsets.UTF_8);
        }
        if (body.has("sha256")) {
            byte[] content = new byte[body.path("length").intValue()];
            byte[] first =
                    Numeric.hexStringToByteArray(body.path("firstBytesHex").asText(""));
            System.arraycopy(first, 0, content, 0, Math.min(first.length, content.length));
            return content;
        }
        return (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
