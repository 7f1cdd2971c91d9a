// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.http.JsonContent;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the control APIs of all networks have in common: the paths of faults, and JSON requests and answers. */
final class ControlHttp {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final RoutingHandler routes = new RoutingHandler();
    private final KnownFaults catalogue;
    private final Supplier<List<Fault>> on;

    /**
     * @param catalogue the faults that can be switched on
     * @param on the faults that are on
     * @param clear ends all faults
     */
    ControlHttp(KnownFaults catalogue, Supplier<List<Fault>> on, Runnable clear) {
        this.catalogue = catalogue;
        this.on = on;
        routes.get("/faults", exchange -> json(exchange, StatusCodes.OK, list()));
        routes.delete("/faults", exchange -> {
            clear.run();
            json(exchange, StatusCodes.OK, list());
        });
        routes.delete("/faults/{id}", this::end);
        post("/faults", with -> describe(catalogue.begin(with)));
        routes.setFallbackHandler(exchange -> refuse(exchange, StatusCodes.NOT_FOUND, "not found"));
        routes.setInvalidMethodHandler(
                exchange -> refuse(exchange, StatusCodes.METHOD_NOT_ALLOWED, "method not allowed"));
    }

    /** Carries one request out and returns what is answered. */
    interface Action {
        ObjectNode run(ControlParameters with);
    }

    /** Answers requests whose paths have lost {@link Control#PREFIX}. */
    HttpHandler handler() {
        return routes;
    }

    /** Adds a path that changes something. */
    void post(String path, Action action) {
        routes.post(path, new BlockingHandler(exchange -> run(exchange, action)));
    }

    /** Adds a path that shows something. */
    void get(String path, Supplier<ObjectNode> answer) {
        routes.get(path, new BlockingHandler(exchange -> json(exchange, StatusCodes.OK, answer.get())));
    }

    private void end(HttpServerExchange exchange) {
        String id = exchange.getQueryParameters().get("id").getFirst();
        Optional<Fault> found = on.get().stream()
                .filter(fault -> Long.toString(fault.id()).equals(id))
                .findFirst();
        if (found.isEmpty()) {
            refuse(exchange, StatusCodes.NOT_FOUND, "no fault with the id " + id + " is on");
            return;
        }
        found.get().end();
        json(exchange, StatusCodes.OK, describe(found.get()));
    }

    private static void run(HttpServerExchange exchange, Action action) throws IOException {
        if (!JsonContent.isIn(exchange)) {
            refuse(exchange, StatusCodes.UNSUPPORTED_MEDIA_TYPE, JsonContent.EXPECTED);
            return;
        }
        byte[] received = exchange.getRequestContentLength() > MAX_BODY_BYTES
                ? new byte[0]
                : exchange.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (exchange.getRequestContentLength() > MAX_BODY_BYTES || received.length > MAX_BODY_BYTES) {
            // What the client still sends is of no interest.
            exchange.setPersistent(false);
            refuse(
                    exchange,
                    StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                    "the body has more than " + MAX_BODY_BYTES + " bytes");
            return;
        }
        try {
            JsonNode body = JSON.readTree(received);
            var with = new ControlParameters(body.isMissingNode() ? NODES.objectNode() : body);
            json(exchange, StatusCodes.OK, action.run(with));
        } catch (JsonProcessingException e) {
            refuse(exchange, StatusCodes.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage());
        } catch (CharConversionException e) {
            refuse(exchange, StatusCodes.BAD_REQUEST, "the body is not JSON: " + e.getMessage());
        } catch (IllegalArgumentException | UnsupportedOperationException | ChainAccessException e) {
            refuse(exchange, StatusCodes.BAD_REQUEST, e.getMessage());
        }
    }

    private ObjectNode list() {
        ObjectNode list = NODES.objectNode();
        ArrayNode active = list.putArray("on");
        on.get().forEach(fault -> active.add(describe(fault)));
        ArrayNode known = list.putArray("known");
        catalogue.names().forEach(known::add);
        return list;
    }

    private static ObjectNode describe(Fault fault) {
        return NODES.objectNode()
                .put("id", fault.id())
                .put("name", fault.name())
                .put("hits", fault.hits());
    }

    private static void refuse(HttpServerExchange exchange, int status, String message) {
        json(exchange, status, NODES.objectNode().put("message", message));
    }

    private static void json(HttpServerExchange exchange, int status, ObjectNode body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(body.toString());
    }
}
