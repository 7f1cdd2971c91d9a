// SPDX-License-Identifier: Apache-2.0
package io.crynux.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;

/** Stands between a client and a JSON-RPC node, writes down what is asked, and answers worse than the node when told to. */
public final class RpcProxy implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Answers one JSON-RPC call in the node's place. */
    public interface Intercept {
        /**
         * @param params of the call
         * @param node asks the node; the whole JSON-RPC answer
         * @return the whole JSON-RPC answer; its id is set by the proxy
         */
        JsonNode answer(JsonNode params, Supplier<ObjectNode> node);
    }

    /** An HTTP answer in place of the node's. */
    public record Fault(int status, Map<String, String> headers, String body) {}

    private final String node;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "rpc-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Intercept> intercepts = new ConcurrentHashMap<>();
    private final List<ObjectNode> calls = new CopyOnWriteArrayList<>();
    private final List<String> proxyAuthorizations = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, Fault> gate = request -> null;
    private volatile Fault fault;
    private volatile boolean down;

    private RpcProxy(String node) {
        this.node = node;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A proxy before the node at that URL, which changes nothing yet. */
    public static RpcProxy to(String node) {
        return new RpcProxy(node);
    }

    public String url() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Every call of a method gets that answer, also in batches. */
    public RpcProxy intercept(String method, Intercept intercept) {
        intercepts.put(method, intercept);
        return this;
    }

    /** Calls of the method go to the node again. */
    public void release(String method) {
        intercepts.remove(method);
    }

    /** Every request gets that HTTP answer. */
    public RpcProxy fail(int status, Map<String, String> headers, String body) {
        fault = new Fault(status, headers, body);
        return this;
    }

    /**
     * Every request is shown to the gate first, a single call or a batch; where it answers with a fault, the node is not asked,
     * and a fault without a body closes the connection.
     */
    public RpcProxy gate(Function<JsonNode, Fault> newGate) {
        gate = newGate;
        return this;
    }

    /** What the header Authorization had in each request so far; "none" without. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** What Proxy-Authorization had. */
    public List<String> proxyAuthorizations() {
        return List.copyOf(proxyAuthorizations);
    }

    /** Connections are closed without an answer. */
    public RpcProxy goDown() {
        down = true;
        return this;
    }

    /** Requests reach the node again. */
    public void recover() {
        fault = null;
        down = false;
    }

    /** The calls of a method that were answered so far, in order. */
    public List<ObjectNode> calls(String method) {
        return calls.stream()
                .filter(call -> call.path("method").asText().equals(method))
                .toList();
    }

    /** How many calls of any method there were. */
    public int callCount() {
        return calls.size();
    }

    /** The transactions that were sent through here, as signed bytes in hex, in order; the same bytes once. */
    public List<String> sentTransactions() {
        return calls("eth_sendRawTransaction").stream()
                .map(call -> call.path("params").path(0).asText())
                .distinct()
                .toList();
    }

    /** A JSON-RPC error as an intercept's answer. */
    public static ObjectNode error(int code, String message) {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.putObject("error").put("code", code).put("message", message);
        return answer;
    }

    /** A JSON-RPC result as an intercept's answer. */
    public static ObjectNode result(Object value) {
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("result", JSON.valueToTree(value));
        return answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        authorizations.add(header(exchange, "Authorization"));
        proxyAuthorizations.add(header(exchange, "Proxy-Authorization"));
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        Fault barred = gate.apply(request);
        Fault now = barred == null ? fault : barred;
        if (down || (now != null && now.body() == null)) {
            record(request);
            exchange.close();
        } else if (now != null) {
            record(request);
            now.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            write(exchange, now.status(), now.body().getBytes(StandardCharsets.UTF_8));
        } else {
            answer(exchange, request);
        }
    }

    private void answer(HttpExchange exchange, JsonNode request) throws IOException {
        JsonNode answer;
        try {
            if (request.isArray()) {
                ArrayNode answers = JSON.createArrayNode();
                request.forEach(call -> answers.add(answerTo(call)));
                answer = answers;
            } else {
                answer = answerTo(request);
            }
        } catch (UncheckedIOException e) {
            record(request);
            exchange.close();
            return;
        } catch (Refused e) {
            record(request);
            e.headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            write(exchange, e.status, e.body);
            return;
        }
        // Only now, so that who reads of a call can rely on it that the node has had it.
        record(request);
        write(exchange, 200, JSON.writeValueAsBytes(answer));
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "none" : value;
    }

    private void record(JsonNode request) {
        if (request.isArray()) {
            request.forEach(call -> calls.add((ObjectNode) call));
        } else {
            calls.add((ObjectNode) request);
        }
    }

    private JsonNode answerTo(JsonNode call) {
        Intercept intercept = intercepts.get(call.path("method").asText());
        if (intercept == null) {
            return ask(call);
        }
        ObjectNode answer =
                intercept.answer(call.path("params"), () -> ask(call)).deepCopy();
        answer.set("id", call.get("id"));
        return answer;
    }

    /** The node answered with another status than 200, as one that limits the rate. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final transient Map<String, String> headers;
        private final byte[] body;

        Refused(HttpResponse<byte[]> reply) {
            super("HTTP " + reply.statusCode());
            status = reply.statusCode();
            headers = reply.headers()
                    .firstValue("Retry-After")
                    .map(value -> Map.of("Retry-After", value))
                    .orElse(Map.of());
            body = reply.body();
        }
    }

    private ObjectNode ask(JsonNode call) {
        try {
            HttpResponse<byte[]> reply = http.send(
                    HttpRequest.newBuilder(URI.create(node))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(call)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (reply.statusCode() != 200) {
                throw new Refused(reply);
            }
            return (ObjectNode) JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
