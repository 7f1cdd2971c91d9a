// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Relay's HTTP interface: its paths, and the envelopes of its answers. All work is done on worker threads. */
final class RelayHttp {
    private static final Logger LOG = LoggerFactory.getLogger(RelayHttp.class);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RelayDesk desk;
    private final NetworkBook network;
    private final RequestCounts counts;
    private final Clock clock;

    RelayHttp(RelayDesk desk, NetworkBook network, RequestCounts counts, Clock clock) {
        this.desk = desk;
        this.network = network;
        this.counts = counts;
        this.clock = clock;
    }

    /** Answers one request; the answer is sent when it returns. */
    private interface Endpoint {
        void answer(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal, IOException;
    }

    HttpHandler handler() {
        var routes = new RoutingHandler();
        route(routes, Methods.POST, "/v1/inference_tasks", this::upload);
        route(routes, Methods.GET, "/v1/inference_tasks/{task_id}", this::task);
        route(routes, Methods.GET, "/v1/inference_tasks/{task_id}/results/{image_num}", this::result);
        route(routes, Methods.POST, "/v1/inference_tasks/{task_id}/results", this::uploadResults);
        route(routes, Methods.GET, "/v1/now", this::now);
        route(routes, Methods.GET, "/v1/network", this::network);
        route(routes, Methods.GET, "/v1/network/nodes/number", (exchange, request) -> data(exchange, nodesNumber()));
        route(routes, Methods.GET, "/v1/network/tasks/number", (exchange, request) -> data(exchange, tasksNumber()));
        route(routes, Methods.GET, "/v1/network/nodes/data", this::nodesData);
        routes.setFallbackHandler(exchange -> text(exchange, 404, "404 page not found"));
        routes.setInvalidMethodHandler(exchange -> text(exchange, 405, "405 method not allowed"));
        return routes;
    }

    private void route(RoutingHandler routes, HttpString method, String path, Endpoint endpoint) {
        String name = method + " " + path;
        routes.add(method, path, new BlockingHandler(exchange -> {
            exchange.addResponseCommitListener(sent -> counts.count(name, sent.getStatusCode()));
            answer(exchange, endpoint);
        }));
    }

    private static void answer(HttpServerExchange exchange, Endpoint endpoint) throws IOException {
        try {
            RelayRequest.limitBody(exchange);
            endpoint.answer(exchange, new RelayRequest(exchange));
        } catch (RelayRefusal refusal) {
            ObjectNode body = NODES.objectNode().put("message", "validation_error");
            body.putObject("data").put("field_name", refusal.field()).put("message", refusal.getMessage());
            json(exchange, 400, body);
        } catch (RequestTooLargeException e) {
            // What the client still sends is of no interest.
            exchange.setPersistent(false);
            // Where the body is cut while it is read, Undertow has ended the exchange already.
            if (!exchange.isResponseStarted()) {
                json(exchange, 413, NODES.objectNode().put("message", e.getMessage()));
            }
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), e);
            json(exchange, 500, NODES.objectNode().put("message", "internal server error"));
        }
    }

    private void upload(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal, IOException {
        RelayRequest.Upload upload = request.upload();
        data(exchange, describe(desk.upload(upload.taskId(), upload.args(), upload.seal())));
    }

    private void task(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal {
        data(exchange, describe(desk.task(request.taskId(), request.querySeal())));
    }

    private void result(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal {
        byte[] file = desk.result(request.taskId(), request.path("image_num"), request.querySeal());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
        exchange.getResponseSender().send(ByteBuffer.wrap(file));
    }

    private void uploadResults(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal, IOException {
        BigInteger id = request.taskId();
        RelayRequest.Files files = request.files();
        data(exchange, describe(desk.uploadResults(id, files.images(), files.seal())));
    }

    private void now(HttpServerExchange exchange, RelayRequest request) {
        data(exchange, NODES.objectNode().put("now", clock.instant().getEpochSecond()));
    }

    private void network(HttpServerExchange exchange, RelayRequest request) {
        data(exchange, NODES.objectNode().put("tflops", network.tflops()));
    }

    private void nodesData(HttpServerExchange exchange, RelayRequest request) throws RelayRefusal {
        List<NetworkNode> nodes = network.nodes();
        int start = Math.min(request.count("start"), nodes.size());
        int end = (int) Math.min((long) start + request.count("total"), nodes.size());
        ArrayNode rows = NODES.arrayNode();
        for (NetworkNode node : nodes.subList(start, end)) {
            rows.addObject()
                    .put("address", node.address())
                    .put("card_model", node.gpuName())
                    .put("v_ram", node.gpuVram());
        }
        json(exchange, 200, NODES.objectNode().put("message", "success").set("data", rows));
    }

    private ObjectNode nodesNumber() {
        NetworkBook.NodeNumbers numbers = network.nodeNumbers();
        return NODES.objectNode()
                .put("all_nodes", numbers.all())
                .put("busy_nodes", numbers.busy())
                .put("active_nodes", numbers.all());
    }

    private ObjectNode tasksNumber() {
        NetworkBook.TaskNumbers numbers = network.taskNumbers();
        return NODES.objectNode()
                .put("total_tasks", numbers.total())
                .put("running_tasks", numbers.running())
                .put("queued_tasks", numbers.queued());
    }

    private static ObjectNode describe(RelayTask task) {
        return NODES.objectNode()
                .put("task_id", task.id())
                .put("task_args", task.args().orElse(""))
                .put("creator", task.creator())
                .put("task_hash", task.taskHash())
                .put("data_hash", task.dataHash())
                .put("status", task.status().number())
                .put("task_type", task.taskType())
                .put("vram_limit", task.vramLimit());
    }

    private static void data(HttpServerExchange exchange, ObjectNode data) {
        json(exchange, 200, NODES.objectNode().put("message", "success").set("data", data));
    }

    private static void json(HttpServerExchange exchange, int status, ObjectNode body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json; charset=utf-8");
        exchange.getResponseSender().send(body.toString());
    }

    private static void text(HttpServerExchange exchange, int status, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(body);
    }
}
