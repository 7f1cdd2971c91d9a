// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.relaynet.task.RelayTask;
import io.crynux.devnet.relaynet.task.TaskOrder;
import io.crynux.devnet.relaynet.task.TaskTimes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** A task as the Relay describes it (relay.md, section 4.2). */
final class TaskJson {
    /** Milliseconds as the database keeps them, without zeros at the end, as Go writes them. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
            .appendLiteral('Z')
            .toFormatter()
            .withZone(ZoneOffset.UTC);

    private TaskJson() {}

    static ObjectNode of(RelayTask task) {
        TaskOrder order = task.order();
        ObjectNode json = Answer.JSON
                .objectNode()
                .put("sequence", task.sequence())
                .put("task_args", order.args())
                .put("task_id_commitment", order.commitment())
                .put("creator", order.creator())
                .put("sampling_seed", task.samplingSeed())
                .put("nonce", order.nonce())
                .put("status", task.status().code())
                .put("task_type", order.type())
                .put("task_version", order.version().text())
                .put("timeout", task.work().timeout())
                .put("min_vram", order.minVram())
                .put("required_gpu", order.requiredGpu())
                .put("required_gpu_vram", order.requiredGpuVram())
                .put("task_fee", order.fee().toString())
                .put("task_size", order.size());
        ArrayNode models = json.putArray("model_ids");
        order.modelIds().forEach(models::add);
        json.put("abort_reason", task.abortReason().code())
                .put("task_error", task.work().error())
                .put("score", task.work().score())
                .put("qos_score", 0)
                .put("selected_node", task.work().node());
        TaskTimes times = task.times();
        time(json, "create_time", Optional.of(times.created()));
        time(json, "start_time", times.started());
        time(json, "score_ready_time", times.scoreReady());
        time(json, "validated_time", times.validated());
        time(json, "result_uploaded_time", times.uploaded());
        return json;
    }

    private static void time(ObjectNode json, String name, Optional<Instant> time) {
        time.ifPresent(instant -> json.put(name, TIME.format(instant.truncatedTo(ChronoUnit.MILLIS))));
    }
}
