// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.devnet.board.TaskBoard;
import io.crynux.devnet.board.TaskCard;
import io.crynux.devnet.relay.Relay;
import io.crynux.devnet.result.TaskKind;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The page over HTTP: its files, the status, and single tasks with their files. Nothing here changes anything. */
final class PageHttp {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DIGITS = 78;
    private static final HttpString CONTENT_SECURITY_POLICY = new HttpString("Content-Security-Policy");
    private static final HttpString RESOURCE_POLICY = new HttpString("Cross-Origin-Resource-Policy");

    /** Prompts, answers and files come from strangers: nothing of them may run, and nothing is loaded from elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final StatusReporter reporter;
    private final TaskBoard tasks;
    private final Relay relay;

    PageHttp(StatusReporter reporter, TaskBoard tasks, Relay relay) {
        this.reporter = reporter;
        this.tasks = tasks;
        this.relay = relay;
    }

    /** Answers requests for the page, and passes all others to {@code rest}. */
    HttpHandler handler(HttpHandler rest) {
        var routes = new RoutingHandler();
        PageAssets.addTo(routes);
        routes.get("/status", exchange -> json(exchange, reporter.json()));
        routes.get("/tasks/{id}", this::task);
        routes.get("/tasks/{id}/files/{index}", this::file);
        routes.setFallbackHandler(rest);
        // What is found out on the way takes the ledger's lock, which an I/O thread must not wait for.
        return new BlockingHandler(exchange -> {
            protect(exchange.getResponseHeaders());
            routes.handleRequest(exchange);
        });
    }

    private static void protect(HeaderMap headers) {
        headers.put(CONTENT_SECURITY_POLICY, POLICY);
        headers.put(Headers.X_CONTENT_TYPE_OPTIONS, "nosniff");
        headers.put(Headers.REFERRER_POLICY, "no-referrer");
        headers.put(RESOURCE_POLICY, "same-origin");
        headers.put(Headers.CACHE_CONTROL, "no-store");
    }

    private void task(HttpServerExchange exchange) throws JsonProcessingException {
        Optional<TaskCard.Facts> found = id(exchange).flatMap(tasks::find);
        if (found.isEmpty()) {
            nothing(exchange);
            return;
        }
        TaskCard.Facts facts = found.get();
        BigInteger id = facts.created().taskId();
        var details = new TaskDetails(
                reporter.task(facts),
                facts.created().taskHash(),
                facts.result(),
                relay.parameters(id)
                        .map(text -> Excerpts.cut(text, TaskDetails.SIGNS))
                        .orElse(null),
                Excerpts.answer(facts, relay.results(id))
                        .map(text -> Excerpts.cut(text, TaskDetails.SIGNS))
                        .orElse(null));
        json(exchange, JSON.writeValueAsBytes(details));
    }

    private void file(HttpServerExchange exchange) {
        Optional<TaskCard.Facts> task = id(exchange).flatMap(tasks::find);
        List<byte[]> files =
                task.map(facts -> relay.results(facts.created().taskId())).orElse(List.of());
        int index = number(exchange, "index")
                .filter(wanted -> wanted.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue)
                .orElse(Integer.MAX_VALUE);
        if (index >= files.size()) {
            nothing(exchange);
            return;
        }
        boolean text = task.orElseThrow().created().taskType() == TaskKind.GPT.taskType();
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, text ? "application/json" : "image/png");
        exchange.getResponseSender().send(ByteBuffer.wrap(files.get(index)));
    }

    private static Optional<BigInteger> id(HttpServerExchange exchange) {
        return number(exchange, "id");
    }

    private static Optional<BigInteger> number(HttpServerExchange exchange, String parameter) {
        String text = exchange.getQueryParameters().get(parameter).getFirst();
        return text.matches("[0-9]{1," + MAX_DIGITS + "}") ? Optional.of(new BigInteger(text)) : Optional.empty();
    }

    private static void nothing(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.NOT_FOUND);
        json(exchange, "{\"message\":\"not found\"}".getBytes(StandardCharsets.UTF_8));
    }

    private static void json(HttpServerExchange exchange, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
