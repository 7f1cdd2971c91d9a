// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.protocol.relay.ids.HexWord;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a creation sends (relay protocol, section 4.1). A repeated creation sends the same fields, with a new signature.
 *
 * @param commitment {@code 0x} and 64 hex digits in lower case; others would be charged and could never be validated
 * @param nonce in the same form
 * @param taskArgs parameters as JSON text
 * @param kind number of the task's kind
 * @param modelIds in the order in which they are signed, such as {@code base:Qwen/Qwen3-8B}
 * @param minVram minimum memory of the GPU, in GB
 * @param requiredGpu exact name with platform, or empty
 * @param requiredGpuVram in GB; 0 without a required GPU
 * @param taskVersion three numbers separated by dots
 * @param taskSize number of result files
 * @param feeWei fee, in wei
 * @param timeoutSeconds maximum execution time of fine-tuning; 0 for other kinds
 */
public record CreateFields(
        String commitment,
        String nonce,
        String taskArgs,
        int kind,
        List<String> modelIds,
        long minVram,
        String requiredGpu,
        long requiredGpuVram,
        String taskVersion,
        int taskSize,
        BigInteger feeWei,
        long timeoutSeconds) {
    /** 2^63 gwei, from which on the network's own programs overflow. */
    private static final BigInteger FEE_LIMIT =
            BigInteger.ONE.shiftLeft(63).multiply(BigInteger.valueOf(1_000_000_000));

    /** @throws IllegalArgumentException if the Relay would charge for a task that can never be validated, or the fee is invalid */
    public CreateFields {
        if (!HexWord.isOne(commitment) || !HexWord.isOne(nonce)) {
            throw new IllegalArgumentException("commitment and nonce must be 0x and 64 hex digits in lower case");
        }
        if (feeWei.signum() <= 0 || feeWei.compareTo(FEE_LIMIT) >= 0) {
            throw new IllegalArgumentException("the fee must be more than 0 and less than 2^63 gwei");
        }
        Objects.requireNonNull(taskArgs, "taskArgs");
        Objects.requireNonNull(requiredGpu, "requiredGpu");
        Objects.requireNonNull(taskVersion, "taskVersion");
        modelIds = List.copyOf(modelIds);
    }

    /** The same task with other ids and another GPU: a sibling. */
    public CreateFields withMember(String newCommitment, String newNonce, String gpu, long gpuVram) {
        return new CreateFields(
                newCommitment,
                newNonce,
                taskArgs,
                kind,
                modelIds,
                minVram,
                gpu,
                gpuVram,
                taskVersion,
                taskSize,
                feeWei,
                timeoutSeconds);
    }

    SignedFields signed() {
        SignedFields fields = SignedFields.ofTask(commitment)
                .text("task_args", taskArgs)
                .number("task_type", kind)
                .text("nonce", nonce)
                .texts("task_model_ids", modelIds)
                .number("min_vram", minVram)
                .text("required_gpu", requiredGpu)
                .number("required_gpu_vram", requiredGpuVram)
                .text("task_version", taskVersion)
                .number("task_size", taskSize)
                .text("task_fee", feeWei.toString());
        return timeoutSeconds == 0 ? fields : fields.number("timeout", timeoutSeconds);
    }

    /** The fields of the form without time and signature; all must be there, also those that are 0 or empty. */
    List<Map.Entry<String, String>> form() {
        List<Map.Entry<String, String>> form = new ArrayList<>();
        form.add(Map.entry("task_args", taskArgs));
        form.add(Map.entry("task_type", Integer.toString(kind)));
        form.add(Map.entry("nonce", nonce));
        modelIds.forEach(id -> form.add(Map.entry("task_model_ids", id)));
        form.add(Map.entry("min_vram", Long.toString(minVram)));
        form.add(Map.entry("required_gpu", requiredGpu));
        form.add(Map.entry("required_gpu_vram", Long.toString(requiredGpuVram)));
        form.add(Map.entry("task_version", taskVersion));
        form.add(Map.entry("task_size", Integer.toString(taskSize)));
        form.add(Map.entry("task_fee", feeWei.toString()));
        if (timeoutSeconds != 0) {
            form.add(Map.entry("timeout", Long.toString(timeoutSeconds)));
        }
        return form;
    }

    /** Without ids and parameters. */
    @Override
    public String toString() {
        return "CreateFields[not shown]";
    }
}
