// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.auth.RequestSignatures;
import io.crynux.devnet.relaynet.engine.RelayRequests;
import io.crynux.devnet.relaynet.node.NodeStatus;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.undertow.util.Methods;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Clock, nodes and statistics, which need no signature. Estimates and fees of withdrawals are those of the recordings; they
 * change on a real network.
 */
final class NetworkEndpoints {
    private static final double TFLOPS_OF_A_NODE = 82.58;

    private final RelayRequests requests;
    private final RequestSignatures signatures;
    private final Clock clock;

    NetworkEndpoints(RelayRequests requests, RequestSignatures signatures, Clock clock) {
        this.requests = requests;
        this.signatures = signatures;
        this.clock = clock;
    }

    void addTo(Router routes) {
        routes.add(Methods.GET, "/", this::home);
        routes.add(Methods.GET, "/v1/now", this::now);
        routes.add(Methods.GET, "/v1/stats/queue/count", call -> Answer.data(IntNode.valueOf(requests.queued())));
        routes.add(Methods.GET, "/v1/stats/line_chart/task_count", call -> {
            throw RequestRefusedException.invalid("TaskType", "required");
        });
        routes.add(Methods.GET, "/v1/network", this::network);
        routes.add(Methods.GET, "/v1/network/nodes/number", this::nodesNumber);
        routes.add(Methods.GET, "/v1/network/nodes/data", this::nodesData);
        routes.add(Methods.GET, "/v1/network/tasks/number", this::tasksNumber);
        routes.add(Methods.GET, "/v1/network/withdraw_config", this::withdrawConfig);
        routes.add(Methods.GET, "/v2/loaded-models", call -> Answer.data(Answer.JSON.arrayNode()));
        routes.add(Methods.GET, "/v2/models/llm/execution-time", this::textTime);
        routes.add(Methods.GET, "/v2/models/sd/execution-time", this::imageTime);
        routes.add(Methods.GET, "/v1/worker/{version}/count", call -> {
            throw RequestRefusedException.invalid("version", "No worker of this version");
        });
        routes.add(Methods.GET, "/v1/node/{address}", this::node);
        routes.add(Methods.POST, "/v1/node/{address}/quit", this::quit);
    }

    private Answer home(Call call) {
        return Answer.html("<!DOCTYPE html><html><head><title>Crynux devnet</title></head><body>The Relay of a Crynux"
                + " devnet</body></html>");
    }

    private Answer now(Call call) {
        return Answer.data(Answer.JSON.objectNode().put("now", clock.instant().getEpochSecond()));
    }

    private Answer network(Call call) throws RequestRefusedException {
        return Answer.data(
                Answer.JSON.objectNode().put("tflops", requests.nodes().size() * TFLOPS_OF_A_NODE));
    }

    private Answer nodesNumber(Call call) throws RequestRefusedException {
        List<RelayNode> nodes = requests.nodes();
        long busy = nodes.stream().filter(node -> !node.task().isEmpty()).count();
        return Answer.data(Answer.JSON
                .objectNode()
                .put("all_nodes", nodes.size())
                .put("busy_nodes", busy)
                .put("active_nodes", nodes.size()));
    }

    private Answer nodesData(Call call) throws RequestRefusedException {
        long start = call.signed("start", "Start");
        long total = call.signed("total", "Total");
        ArrayNode rows = Answer.JSON.arrayNode();
        requests.nodes().stream()
                .skip(Math.max(0, start))
                .limit(Math.max(0, total))
                .forEach(node -> rows.addObject()
                        .put("address", node.address())
                        .put("card_model", node.gpuName())
                        .put("v_ram", node.gpuVram())
                        .put("qos", 0));
        return Answer.data(rows);
    }

    private Answer tasksNumber(Call call) throws RequestRefusedException {
        return Answer.data(Answer.JSON
                .objectNode()
                .put("total_tasks", requests.total())
                .put("running_tasks", requests.running())
                .put("queued_tasks", requests.queued()));
    }

    private Answer withdrawConfig(Call call) {
        ArrayNode networks = Answer.JSON.arrayNode();
        ObjectNode network = networks.addObject()
                .put("network", "devnet")
                .put("token_type", "native")
                .put("withdrawal_fee", 100)
                .put("withdrawal_min", 10_000);
        ArrayNode tiers = network.putArray("withdrawal_fee_tiers");
        tiers.addObject().put("min_amount", 0).put("fee_ratio", 0.01);
        tiers.addObject().put("min_amount", 100_000).put("fee_ratio", 0.005);
        network.put("max_withdrawals_per_day", 10);
        return Answer.data(networks);
    }

    private static void requireModel(Call call) throws RequestRefusedException {
        if (call.query("model", "Model").isEmpty()) {
            throw RequestRefusedException.invalid("model", "required");
        }
    }

    private Answer textTime(Call call) throws RequestRefusedException {
        requireModel(call);
        return Answer.data(Answer.JSON
                .objectNode()
                .put("constant_seconds", 30)
                .put("seconds_per_input_token", 0.0004)
                .put("seconds_per_output_token", 0.1)
                .put("model_switch_seconds", 120)
                .put("seconds_per_image", 10)
                .put("seconds_per_megapixel", 5));
    }

    private Answer imageTime(Call call) throws RequestRefusedException {
        requireModel(call);
        return Answer.data(
                Answer.JSON.objectNode().put("overhead_seconds", 20.0).put("seconds_per_sd_pixel_step", 2.24e-06));
    }

    private Answer node(Call call) throws RequestRefusedException {
        String address = call.path("address");
        ObjectNode json = Answer.JSON.objectNode().put("address", address);
        ArrayNode inUse = Answer.JSON.arrayNode();
        ArrayNode models = Answer.JSON.arrayNode();
        var known = requests.node(address);
        json.put("status", known.map(RelayNode::status).orElse(NodeStatus.LEFT).code())
                .put("gpu_name", known.map(RelayNode::gpuName).orElse(""))
                .put("gpu_vram", known.map(RelayNode::gpuVram).orElse(0L))
                .put("qos_score", 0)
                .put("version", known.map(node -> node.version().text()).orElse(""));
        known.ifPresent(node -> {
            node.inUse().forEach(inUse::add);
            node.models().forEach(models::add);
        });
        json.set("in_use_model_ids", inUse);
        json.set("model_ids", models);
        return Answer.data(json);
    }

    private Answer quit(Call call) throws RequestRefusedException, IOException {
        FieldSource fields = Bodies.jsonOnly(call);
        String address = call.path("address");
        Seal seal = Seal.required(
                fields.signed("timestamp").orElse(0L), fields.text("signature").orElse(""));
        String signer = signatures.signer(Map.of("address", address), seal.timestamp(), seal.signature());
        if (!signer.equals(address)) {
            throw RequestRefusedException.invalid("signature", "Signer not allowed");
        }
        requests.quit(address);
        return Answer.success();
    }
}
