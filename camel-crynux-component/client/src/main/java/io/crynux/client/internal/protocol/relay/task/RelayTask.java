// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * A task as the Relay returns it (relay protocol, section 4.2), without its arguments, which the Relay rewrites and which may be
 * megabytes.
 *
 * @param commitment its id in the API, {@code 0x} and 64 hex digits
 * @param sequence the Relay's number of the task, which grows with each creation
 * @param creator EIP-55 form
 * @param samplingSeed decides with the creator's key whether the task is sampled, {@code 0x} and hex digits
 * @param nonce as its creator sent it
 * @param error 1 if the node reports invalid parameters
 * @param kind number of the task's kind
 * @param timeoutSeconds execution time-out once the task is started; the creator's for fine-tuning
 * @param taskSize number of result files
 * @param feeWei fee, in wei
 * @param score hex; for a text the SHA-256 of its result file; empty until ready
 * @param selectedNode address, or empty until started
 * @param createTime null until set, as the other times
 */
public record RelayTask(
        String commitment,
        BigInteger sequence,
        String creator,
        String samplingSeed,
        String nonce,
        Numbered<TaskStatus> status,
        Numbered<AbortReason> abortReason,
        int error,
        int kind,
        String taskVersion,
        BigInteger timeoutSeconds,
        BigInteger minVram,
        String requiredGpu,
        BigInteger requiredGpuVram,
        BigInteger taskSize,
        BigInteger feeWei,
        List<String> modelIds,
        String score,
        String selectedNode,
        Instant createTime,
        Instant startTime,
        Instant readyTime,
        Instant validatedTime,
        Instant uploadedTime) {

    /** @throws IllegalArgumentException if the JSON is no task */
    public static RelayTask of(JsonNode data) {
        JsonFields fields = JsonFields.of(data);
        return new RelayTask(
                fields.text("task_id_commitment"),
                fields.unsigned("sequence"),
                fields.text("creator"),
                fields.text("sampling_seed"),
                fields.text("nonce"),
                TaskStatus.of(fields.integer("status")),
                AbortReason.of(fields.integer("abort_reason")),
                fields.integer("task_error"),
                fields.integer("task_type"),
                fields.text("task_version"),
                fields.unsigned("timeout"),
                fields.unsigned("min_vram"),
                fields.text("required_gpu"),
                fields.unsigned("required_gpu_vram"),
                fields.unsigned("task_size"),
                fields.wei("task_fee"),
                fields.texts("model_ids"),
                fields.text("score"),
                fields.text("selected_node"),
                fields.time("create_time"),
                fields.time("start_time"),
                fields.time("score_ready_time"),
                fields.time("validated_time"),
                fields.time("result_uploaded_time"));
    }

    /** Without nonce and seed. */
    @Override
    public String toString() {
        return "RelayTask[" + commitment + ", " + status + ", " + abortReason + "]";
    }
}
