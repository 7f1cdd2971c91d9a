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
 * Faults of an HTTP server and of the proxies in front of it. A fault takes effect once per request; where several are on,
 * only the first does. They affect requests over HTTP only: the devnet's own Relay and nodes reach each other and the chain
 * without HTTP.
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
    private final Predicate<HttpServerExchange> scope;
    private final FaultGroup<Effect> group;

    /** @param part name of the server, used in the names of the faults */
    protected HttpFaults(String part) {
        this(part, Optional.empty());
    }

    /** @param refusal why no fault can be switched on; empty when faults can be */
    protected HttpFaults(String part, Optional<String> refusal) {
        this(part, exchange -> true, refusal);
    }

    /** @param scope the requests that these faults affect at most */
    protected HttpFaults(String part, Predicate<HttpServerExchange> scope) {
        this(part, scope, Optional.empty());
    }

    private HttpFaults(String part, Predicate<HttpServerExchange> scope, Optional<String> refusal) {
        this.part = part;
        this.scope = scope;
        this.group = new FaultGroup<>(refusal);
    }

    /** Closes connections without an answer, as a server that crashes. */
    public Fault down() {
        return add("down", (exchange, usual) -> IoUtils.safeClose(exchange.getConnection()));
    }

    /** Answers with status 429, without {@code Retry-After}. */
    public Fault respond429() {
        return add("429", (exchange, usual) -> html(exchange, StatusCodes.TOO_MANY_REQUESTS));
    }

    /**
     * Answers with status 429 and {@code Retry-After}.
     *
     * @param retryAfter sent in whole seconds, rounded up
     */
    public Fault respond429(Duration retryAfter) {
        String seconds = Long.toString(retryAfter.plusSeconds(1).minusNanos(1).toSeconds());
        return add("429, Retry-After " + seconds, (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, seconds);
            html(exchange, StatusCodes.TOO_MANY_REQUESTS);
        });
    }

    /**
     * Answers with an HTML page, as proxies do.
     *
     * @param status the HTTP status, for example 500, 502, 503 or 504; 200 for a proxy that reports errors as success
     */
    public Fault respond(int status) {
        return add("status " + status + " with HTML", (exchange, usual) -> html(exchange, status));
    }

    /** Answers with status 200 and the given body, declared as JSON whether it is JSON or not. */
    public Fault respondBody(String body) {
        return add("body " + body, (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(body);
        });
    }

    /**
     * Answers as usual, but later. No thread waits.
     *
     * @param delay before the request is handled
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

    /** Closes the connection after half of the response body. */
    public Fault truncate() {
        return add("truncated answers", HttpFaults::cutInHalf);
    }

    /** Accepts requests and never answers. The connection stays open until the client or the devnet closes it. */
    public Fault neverAnswer() {
        return add("no answers", (exchange, usual) -> exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {}));
    }

    /** Answers with status 200 and a JSON body that never ends, sent as fast as the client reads. */
    public Fault respondEndlessly() {
        return add("endless answers", (exchange, usual) -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            EndlessBody.begin(exchange);
        });
    }

    /** Starts a fault that affects every request. */
    protected final Fault add(String name, Answer answer) {
        return add(name, exchange -> true, answer);
    }

    /** Starts a fault that affects some requests. */
    protected final Fault add(String name, Predicate<HttpServerExchange> wanted, Answer answer) {
        return group.add(part + ": " + name, new Effect(scope.and(wanted), answer));
    }

    /** Sends half of the usual response body and closes the connection. */
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

    /** Returns a handler that answers as {@code usual} does, unless a fault takes effect. */
    public final HttpHandler before(HttpHandler usual) {
        return exchange -> {
            var effect = group.hit(one -> one.wanted().test(exchange));
            if (effect.isPresent()) {
                effect.get().answer().answer(exchange, usual);
            } else {
                usual.handleRequest(exchange);
            }
        };
    }

    /** Ends all faults. */
    public void clear() {
        group.clear();
    }

    /** The faults that are on. */
    public List<Fault> on() {
        return group.on();
    }
}
