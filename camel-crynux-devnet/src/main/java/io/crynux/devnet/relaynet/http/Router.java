// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.fault.AnswerFault;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds who answers a request, as Go's gin does: other methods, HEAD included, and unknown paths are not found; a slash too
 * much at the end is redirected. Earlier routes are preferred. Answers are given on worker threads.
 */
final class Router implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Router.class);
    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");

    /** Answers one request. */
    @FunctionalInterface
    interface Endpoint {
        Answer answer(Call call) throws RequestRefusedException, IOException;
    }

    private record Route(HttpString method, List<String> segments, Endpoint endpoint, String name) {
        /** The variable parts; empty when the path is another. */
        Optional<Map<String, String>> match(HttpString wanted, List<String> path) {
            if (!method.equals(wanted) || path.size() != segments.size()) {
                return Optional.empty();
            }
            Map<String, String> variables = new HashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    if (path.get(i).isEmpty()) {
                        return Optional.empty();
                    }
                    variables.put(segment.substring(1, segment.length() - 1), path.get(i));
                } else if (!segment.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(variables);
        }
    }

    private final List<Route> routes = new ArrayList<>();
    private final HttpHandler worker = new BlockingHandler(this::answer);
    private final RequestCounts counts;
    private final int maxBodyBytes;

    Router(RequestCounts counts, int maxBodyBytes) {
        this.counts = counts;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** Adds a route; {@code {name}} stands for any one segment. */
    void add(HttpString method, String path, Endpoint endpoint) {
        routes.add(new Route(method, List.of(path.substring(1).split("/", -1)), endpoint, method + " " + path));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        worker.handleRequest(exchange);
    }

    private void answer(HttpServerExchange exchange) throws IOException {
        exchange.getResponseHeaders().put(ALLOW_ORIGIN, "*");
        deliver(exchange, find(exchange));
    }

    private Answer find(HttpServerExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals(Methods.OPTIONS)) {
            return Answer.preflight();
        }
        String path = decoded(exchange.getRequestURI());
        List<String> segments =
                List.of(path.substring(Math.min(1, path.length())).split("/", -1));
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(exchange.getRequestMethod(), segments);
            if (variables.isPresent()) {
                Answer answer = answer(route, new Call(exchange, variables.get(), maxBodyBytes));
                counts.count(route.name(), answer.status());
                return answer;
            }
        }
        return notFound(exchange, path, segments);
    }

    private static void deliver(HttpServerExchange exchange, Answer answer) {
        AnswerFault fault = exchange.getAttachment(AnswerFault.KEY);
        if (fault == null) {
            answer.send(exchange);
        } else {
            fault.deliver(exchange, answer::send);
        }
    }

    private static String decoded(String uri) {
        try {
            // A plus sign in a path is itself.
            return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Go refuses such a request; a path that nobody has does as well.
            return "/%";
        }
    }

    private Answer notFound(HttpServerExchange exchange, String path, List<String> segments) {
        int last = segments.size() - 1;
        boolean redirected = last > 0
                && segments.get(last).isEmpty()
                && routes.stream().anyMatch(route -> route.match(exchange.getRequestMethod(), segments.subList(0, last))
                        .isPresent());
        if (!redirected) {
            return Answer.notFound();
        }
        String query = exchange.getQueryString().isEmpty() ? "" : "?" + exchange.getQueryString();
        String target = path.substring(0, path.length() - 1) + query;
        return exchange.getRequestMethod().equals(Methods.GET)
                ? Answer.movedPermanently(target)
                : Answer.temporaryRedirect(target);
    }

    private static Answer answer(Route route, Call call) throws IOException {
        try {
            return route.endpoint().answer(call);
        } catch (RequestRefusedException refusal) {
            return Answer.refusal(refusal);
        } catch (RuntimeException e) {
            LOG.error("{} failed", route.name(), e);
            return Answer.refusal(RequestRefusedException.panic());
        }
    }
}
