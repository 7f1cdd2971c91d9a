// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.arguments.ArgumentCheck;
import io.crynux.devnet.relaynet.arguments.Pricing;
import io.crynux.devnet.relaynet.arguments.Workload;
import io.crynux.devnet.relaynet.auth.RequestSignatures;
import io.crynux.devnet.relaynet.engine.RelayRequests;
import io.crynux.devnet.relaynet.engine.ResultFile;
import io.crynux.devnet.relaynet.node.RelayNode;
import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskVersion;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Creating, reading, cancelling and validating tasks, and downloading their files. */
final class TaskEndpoints {
    private static final String TASKS = "/v1/inference_tasks/";
    private static final String TASK = TASKS + "{task_id_commitment}";
    private static final String COMMITMENT = "task_id_commitment";
    private static final int MAX_PACKET = 16 * 1024 * 1024;
    private static final String PACKET_ERROR =
            "Error 1105 (HY000): Parameter of prepared statement which is set through"
                    + " mysql_send_long_data() is longer than 'max_allowed_packet' bytes";
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private final RelayRequests requests;
    private final RequestSignatures signatures;

    TaskEndpoints(RelayRequests requests, RequestSignatures signatures) {
        this.requests = requests;
        this.signatures = signatures;
    }

    void addTo(Router routes) {
        routes.add(Methods.POST, TASKS + "validate", this::validate);
        routes.add(Methods.POST, TASK, this::create);
        routes.add(Methods.GET, TASK, this::task);
        routes.add(Methods.POST, TASK + "/abort_reason", this::cancel);
        routes.add(Methods.GET, TASK + "/results/checkpoint", this::resultCheckpoint);
        routes.add(Methods.GET, TASK + "/results/{index}", this::result);
        routes.add(Methods.GET, TASK + "/checkpoint", this::inputCheckpoint);
        routes.add(Methods.GET, TASK + "/selected_node", this::selectedNode);
    }

    private Answer create(Call call) throws RequestRefusedException, IOException {
        CreationFields fields = CreationFields.read(call.path(COMMITMENT), Bodies.any(call));
        String creator = signatures.signer(
                fields.signed(), fields.seal().timestamp(), fields.seal().signature());
        requests.requireListed(creator);
        TaskVersion version = TaskVersion.parse(fields.version())
                .orElseThrow(() -> RequestRefusedException.invalid("task_version", "Invalid task version"));
        String args = ArgumentCheck.rewritten(fields.type(), fields.args());
        requests.requireNew(fields.commitment());
        boolean fineTuning = fields.type() == TaskOrder.FINE_TUNING;
        if (fineTuning && fields.timeout().signum() == 0) {
            throw RequestRefusedException.invalid("timeout", "Timeout is required for fine-tune tasks");
        }
        if (fields.checkpoints().size() > 1) {
            throw RequestRefusedException.invalid("checkpoint", "More than one checkpoint file uploaded");
        }
        TaskOrder order = order(fields, args, creator, version);
        if (order.args().getBytes(StandardCharsets.UTF_8).length > MAX_PACKET) {
            throw RequestRefusedException.failure(PACKET_ERROR);
        }
        Optional<byte[]> checkpoint = fineTuning ? fields.checkpoints().stream().findFirst() : Optional.empty();
        return Answer.data(TaskJson.of(requests.create(order, checkpoint)));
    }

    private TaskOrder order(CreationFields fields, String args, String creator, TaskVersion version)
            throws RequestRefusedException {
        Workload workload = ArgumentCheck.workload(fields.type(), args);
        boolean fineTuning = fields.type() == TaskOrder.FINE_TUNING;
        long timeout = fineTuning ? fields.timeout().min(MAX_LONG).longValue() : 0;
        BigInteger vram = fields.requiredGpu().isBlank() ? fields.minVram() : fields.requiredGpuVram();
        BigInteger priority = Pricing.priority(fields.fee(), Pricing.seconds(fields.type(), workload, timeout), vram);
        return new TaskOrder(
                fields.commitment(),
                creator,
                args,
                (int) fields.type(),
                fields.nonce(),
                lowerCase(fields.modelIds()),
                fields.minVram().longValue(),
                String.join(" ", fields.requiredGpu().strip().split("\\s+")),
                fields.requiredGpuVram().longValue(),
                version,
                fields.size().longValue(),
                fields.fee(),
                timeout,
                workload,
                priority);
    }

    private static List<String> lowerCase(List<String> ids) {
        return ids.stream().map(id -> id.toLowerCase(Locale.ROOT)).toList();
    }

    private Answer task(Call call) throws RequestRefusedException {
        return Answer.data(TaskJson.of(requests.task(call.path(COMMITMENT), readerOf(call))));
    }

    /** Who signed a request about a task whose only signed field is its commitment. */
    private String readerOf(Call call) throws RequestRefusedException {
        return signer(Map.of(COMMITMENT, call.path(COMMITMENT)), call.querySeal());
    }

    private String signer(Map<String, ?> fields, Seal seal) throws RequestRefusedException {
        return signatures.signer(fields, seal.timestamp(), seal.signature());
    }

    private Answer cancel(Call call) throws RequestRefusedException, IOException {
        FieldSource fields = Bodies.jsonOnly(call);
        long reason = fields.signed("abort_reason").orElse(0L);
        long timestamp = fields.signed("timestamp").orElse(0L);
        if (reason == 0) {
            throw RequestRefusedException.invalid("abort_reason", "required");
        }
        Seal seal = Seal.required(timestamp, fields.text("signature").orElse(""));
        String commitment = call.path(COMMITMENT);
        String signer = signer(Map.of(COMMITMENT, commitment, "abort_reason", reason), seal);
        requests.cancel(commitment, reason, signer);
        return Answer.success();
    }

    private Answer validate(Call call) throws RequestRefusedException, IOException {
        FieldSource fields = Bodies.jsonOnly(call);
        List<String> commitments = fields.texts("task_id_commitments")
                .orElseThrow(() -> RequestRefusedException.invalid("task_id_commitments", "required"));
        String taskId = required(fields, "task_id");
        String proof = required(fields, "vrf_proof");
        String publicKey = required(fields, "public_key");
        Seal seal = Seal.required(
                fields.signed("timestamp").orElse(0L), fields.text("signature").orElse(""));
        Map<String, Object> signed = Map.of(
                "task_id_commitments", commitments,
                "task_id", taskId,
                "vrf_proof", proof,
                "public_key", publicKey);
        requests.validate(commitments, taskId, proof, publicKey, signer(signed, seal));
        return Answer.success();
    }

    private static String required(FieldSource fields, String name) throws RequestRefusedException {
        return fields.text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> RequestRefusedException.invalid(name, "required"));
    }

    private static Answer file(Call call, ResultFile file) {
        return Answer.file(file, call.exchange().getRequestHeaders().getFirst(Headers.RANGE));
    }

    private Answer result(Call call) throws RequestRefusedException {
        String commitment = call.path(COMMITMENT);
        String index = call.path("index");
        String signer = signer(Map.of(COMMITMENT, commitment, "index", index), call.querySeal());
        return file(call, requests.result(commitment, index, signer));
    }

    private Answer resultCheckpoint(Call call) throws RequestRefusedException {
        return file(call, requests.resultCheckpoint(call.path(COMMITMENT), readerOf(call)));
    }

    private Answer inputCheckpoint(Call call) throws RequestRefusedException {
        return file(call, requests.inputCheckpoint(call.path(COMMITMENT), readerOf(call)));
    }

    /** The one answer whose data has a capital D. */
    private Answer selectedNode(Call call) throws RequestRefusedException {
        RelayNode node = requests.selectedNode(call.path(COMMITMENT), readerOf(call));
        return Answer.data(
                "Data",
                Answer.JSON
                        .objectNode()
                        .put("address", node.address())
                        .put("status", node.status().code())
                        .put("gpu_name", node.gpuName())
                        .put("gpu_vram", node.gpuVram())
                        .put("version", node.version().text())
                        .put("network", "devnet"));
    }
}
