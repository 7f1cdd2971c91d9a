// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.fault;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.xnio.IoUtils;

/**
 * Faults that any HTTP server and the proxies in front of it have. Each strikes once a request; of several that are on the
 * first strikes alone. They strike what comes over HTTP: Relay and nodes of the devnet reach each other and the chain
 * without it.
 */
public class HttpFaults {
    /** What is done with a request instead of answering it as usual. */
    @FunctionalInterface
    protected interface Answer {
        /** Answers, by {@code usual} or otherwise; called on an I/O thread, which it must not block. */
        void answer(HttpServerExchange exchange, HttpHandler usual) throws Exception;
    }

    private record Effect(Predicate<HttpServerExchange> wanted, Answer answer) {}

    private final String part;
    private final FaultGroup<Effect> group;

    /** @param part the name of the server, for people */
    protected HttpFaults(String part) {
        this(part, Optional.empty());
    }

    /** @param refusal why none can be switched on; empty when they can */
    protected HttpFaults(String part, Optional<String> refusal) {
        this.part = part;
        this.group = new FaultGroup<>(refusal);
    }

    /** Closes the connection without an answer, as a server that dies. */
    public Fault down() {
        return add("down", (exchange, usual) -> IoUtils.safeClose(exchange.getConnection()));
    }

    /** Answers 429 without saying when to come again. */
    public Fault respond429() {
        return add("429", (exchange, usual) -> html(exchange, StatusCodes.TOO_MANY_REQUESTS));
    }

    /**
     * Answers 429 with a {@code Retry-After}.
     *
     * @param retryAfter told in whole seconds, rounded up
     */
    public Fault respond429(Duration retryAfter) {
        String seconds = Long.toString(retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
        return add("429, Retry-After " + seconds, (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
            html(exchange, StatusCodes.TOO_MANY_REQUESTS);
        });
    }

    /**
     * Answers with a page of HTML, as proxies do.
     *
     * @param status the HTTP status: 500, 502, 503 or 504, or 200 for a proxy that knows no better
     */
    public Fault respond(int status) {
        return add("status " + status + " with HTML", (exchange, usual) -> html(exchange, status));
    }

    /** Answers 200 with that body as JSON, be it some: empty, {@code {}}, half of an object. */
    public Fault respondBody(String body) {
        return add("body " + body, (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(body);
        });
    }

    /**
     * Answers as usual, but later; nobody's thread waits.
     *
     * @param delay before the request is dealt with
     */
    public Fault slow(Duration delay) {
        return add(
                "slow by " + delay.toMillis() + " ms",
                (exchange, usual) -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> exchange.getIoThread()
                        .executeAfter(
                                () -> exchange.dispatch(SameThreadExecutor.INSTANCE, usual),
                                delay.toNanos(),
                                TimeUnit.NANOSECONDS)));
    }

    /** Breaks the connection after half of the answer's body. */
    public Fault truncate() {
        return add("truncated answers", HttpFaults::cutInHalf);
    }

    /** Takes requests and never answers: the connection stays open until the client or the devnet closes it. */
    public Fault neverAnswer() {
        return add("no answers", (exchange, usual) -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {}));
    }

    /** Answers 200 and a body of JSON that never ends, as fast as the client reads it. */
    public Fault respondEndlessly() {
        return add("endless answers", (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            EndlessBody.begin(exchange);
        });
    }

    /** Begins a fault that strikes every request. */
    protected final Fault add(String name, Answer answer) {
        return add(name, exchange -> true, answer);
    }

    /** Begins a fault that strikes some requests. */
    protected final Fault add(String name, Predicate<HttpServerExchange> wanted, Answer answer) {
        return group.add(part + ": " + name, new Effect(wanted, answer));
    }

    /** Has the server do this with its answer instead of the usual. */
    protected static void cutInHalf(HttpServerExchange exchange, HttpHandler usual) throws Exception {
        exchange.addResponseWrapper((factory, cut) ->
                new TruncatingConduit(factory.create(), cut.getConnection(), cut.getResponseContentLength() / 2));
        usual.handleRequest(exchange);
    }

    private static void html(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/html");
        String reason = status + " " + StatusCodes.getReason(status);
        exchange.getResponseSender()
                .send("<html><head><title>" + reason + "</title></head><body><h1>" + reason
                        + "</h1><hr>devnet</body></html>");
    }

    /** A handler that answers as {@code usual} does, unless a fault strikes. */
    public final HttpHandler before(HttpHandler usual) {
        return exchange -> {
            var effect = group.strike(one -> one.wanted().test(exchange));
            if (effect.isPresent()) {
                effect.get().answer().answer(exchange, usual);
            } else {
                usual.handleRequest(exchange);
            }
        };
    }

    /** Switches all off. */
    public void clear() {
        group.clear();
    }

    /** Those that are on. */
    public List<Fault> on() {
        return group.on();
    }
}
