// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands in front of a Relay and answers some requests in its place, or not at all. */
public final class RelayProxy implements AutoCloseable {

    /** The requests that a creator makes. */
    public enum Call {
        UPLOAD,
        TASK,
        RESULT,
        NOW;

        static Call of(HttpExchange exchange) {
            if ("POST".equals(exchange.getRequestMethod())) {
                return UPLOAD;
            }
            String path = exchange.getRequestURI().getPath();
            return path.endsWith("/now") ? NOW : path.contains("/results/") ? RESULT : TASK;
        }
    }

    /**
     * A request as it came.
     *
     * @param nanos when, by the JVM's clock
     */
    public record Seen(Call call, URI uri, String body, long nanos) {}

    private final URI relay;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Map<Call, Deque<RelayFault>> next = new EnumMap<>(Call.class);
    private final Map<Call, RelayFault> always = new EnumMap<>(Call.class);

    public RelayProxy(String relayUrl) {
        relay = URI.create(relayUrl);
        for (Call call : Call.values()) {
            next.put(call, new ConcurrentLinkedDeque<>());
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next requests of that kind get these answers, one each; those after them reach the Relay. */
    public RelayProxy next(Call call, RelayFault... faults) {
        next.get(call).addAll(List.of(faults));
        return this;
    }

    /** All requests of that kind get this answer. */
    public RelayProxy always(Call call, RelayFault fault) {
        synchronized (always) {
            always.put(call, fault);
        }
        return this;
    }

    /** The requests of that kind that came, in order. */
    public List<Seen> seen(Call call) {
        return seen.stream().filter(request -> request.call() == call).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Call call = Call.of(exchange);
        Seen request = new Seen(call, exchange.getRequestURI(), text(exchange), System.nanoTime());
        seen.add(request);
        RelayFault fault = next.get(call).poll();
        if (fault == null) {
            synchronized (always) {
                fault = always.getOrDefault(call, RelayFault.NONE);
            }
        }
        fault.answer(exchange, () -> forward(exchange, request));
    }

    private static String text(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, Seen request) throws IOException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(relay.resolve(request.uri()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofString(request.body()));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            copy.header("Content-Type", type);
        }
        try {
            return client.send(copy.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
