// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.chain.Chain;
import io.crynux.devnet.chain.ChainAccess;
import io.crynux.devnet.chain.ChainAccessException;
import io.crynux.devnet.fault.Fault;
import io.crynux.devnet.http.JsonContent;
import io.crynux.devnet.ledger.Reorg;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The control API: faults and chain actions over HTTP, with JSON requests and answers. */
final class Control {
    /** What all paths begin with. */
    static final String PREFIX = "/devnet";

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_BODY_BYTES = 64 * 1024;
    /** Blocks of one request: more take longer than anybody waits for an answer. */
    private static final int MAX_BLOCKS = 10_000;

    private final Faults faults;
    private final KnownFaults catalogue;
    private final Chain chain;

    Control(Faults faults, Chain chain) {
        this.faults = faults;
        this.catalogue = new FaultCatalogue(faults).known();
        this.chain = chain;
    }

    /** Carries one request out and returns what is answered. */
    private interface Action {
        ObjectNode run(ControlParameters with);
    }

    /** Answers requests whose paths have lost {@link #PREFIX}. */
    HttpHandler handler() {
        var routes = new RoutingHandler();
        routes.get("/faults", exchange -> json(exchange, StatusCodes.OK, list()));
        routes.delete("/faults", exchange -> {
            faults.clear();
            json(exchange, StatusCodes.OK, list());
        });
        routes.delete("/faults/{id}", this::end);
        post(routes, "/faults", with -> describe(catalogue.begin(with)));
        post(routes, "/chain/mine", with -> {
            with.allowOnly("blocks");
            int blocks = bounded("blocks", with.optionalNumber("blocks").orElse(1));
            for (int i = 0; i < blocks; i++) {
                chain.mine();
            }
            return head();
        });
        post(routes, "/chain/pauseBlocks", with -> {
            with.allowOnly();
            chain.pauseBlocks();
            return head();
        });
        post(routes, "/chain/resumeBlocks", with -> {
            with.allowOnly();
            chain.resumeBlocks();
            return head();
        });
        post(routes, "/chain/reorg", with -> {
            chain.reorg(reorg(with));
            return head();
        });
        post(routes, "/chain/advanceTime", with -> {
            with.allowOnly("time");
            chain.advanceTime(with.duration("time"));
            return head();
        });
        post(routes, "/chain/dropTransaction", with -> {
            with.allowOnly("hash");
            return NODES.objectNode().put("dropped", chain.dropTransaction(with.text("hash")));
        });
        post(routes, "/chain/fund", with -> {
            with.allowOnly("address", "wei");
            return NODES.objectNode().put("transaction", chain.fund(with.address("address"), with.wei("wei")));
        });
        routes.setFallbackHandler(exchange -> refuse(exchange, StatusCodes.NOT_FOUND, "not found"));
        routes.setInvalidMethodHandler(
                exchange -> refuse(exchange, StatusCodes.METHOD_NOT_ALLOWED, "method not allowed"));
        return routes;
    }

    private void end(HttpServerExchange exchange) {
        String id = exchange.getQueryParameters().get("id").getFirst();
        Optional<Fault> found = faults.on().stream()
                .filter(fault -> Long.toString(fault.id()).equals(id))
                .findFirst();
        if (found.isEmpty()) {
            refuse(exchange, StatusCodes.NOT_FOUND, "no fault with the id " + id + " is on");
            return;
        }
        found.get().end();
        json(exchange, StatusCodes.OK, describe(found.get()));
    }

    private static int bounded(String name, int blocks) {
        if (blocks < 1 || blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("'" + name + "' must be from 1 to " + MAX_BLOCKS);
        }
        return blocks;
    }

    private static Reorg reorg(ControlParameters with) {
        with.allowOnly("depth", "newBlocks", "transactions");
        int depth = with.number("depth");
        Reorg.Transactions transactions =
                with.optionalText("transactions").map(Control::transactions).orElse(Reorg.Transactions.MINED_AGAIN);
        Optional<Integer> newBlocks = with.optionalNumber("newBlocks").map(blocks -> bounded("newBlocks", blocks));
        return new Reorg(depth, newBlocks.orElse(depth + 1), transactions);
    }

    private static Reorg.Transactions transactions(String name) {
        return Arrays.stream(Reorg.Transactions.values())
                .filter(one -> one.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'transactions' must be one of " + Arrays.toString(Reorg.Transactions.values())));
    }

    private static void post(RoutingHandler routes, String path, Action action) {
        routes.post(path, new BlockingHandler(exchange -> run(exchange, action)));
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
        ArrayNode on = list.putArray("on");
        faults.on().forEach(fault -> on.add(describe(fault)));
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

    private ObjectNode head() {
        ChainAccess.Head head = chain.access().head();
        return NODES.objectNode()
                .put("number", head.number())
                .put("hash", head.hash())
                .put("timestamp", head.timestamp());
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
