// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import io.crynux.devnet.CrynuxDevnet;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.util.Map;

/** HTTP API of the network's process for the client's process: numbers of requests, and actions. */
final class NetworkControl {
    static final String PREFIX = "/bench";

    private final CrynuxDevnet devnet;
    private final ResultTimes times;

    NetworkControl(CrynuxDevnet devnet, ResultTimes times) {
        this.devnet = devnet;
        this.times = times;
    }

    HttpHandler handler() {
        RoutingHandler routes = new RoutingHandler();
        routes.get("/counts", exchange -> answer(exchange, counts()));
        routes.get("/results", exchange -> answer(exchange, times.ofUploads()));
        routes.get("/successes", exchange -> answer(exchange, times.ofSuccesses()));
        routes.post("/hold", exchange -> {
            devnet.faults().nodes().pause();
            answer(exchange, Map.of());
        });
        routes.post("/release", exchange -> {
            devnet.faults().clear();
            answer(exchange, Map.of());
        });
        return routes;
    }

    private Object counts() {
        return Map.of("rpc", devnet.chain().rpcCounts(), "relay", devnet.relay().requestCounts());
    }

    private static void answer(HttpServerExchange exchange, Object body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(Json.line(body));
    }
}
