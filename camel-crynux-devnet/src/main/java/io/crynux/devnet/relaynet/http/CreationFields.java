// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fields of a creation, as they were sent.
 *
 * @param timeout 0 if absent
 * @param checkpoints the files of that name
 */
record CreationFields(
        String commitment,
        String args,
        long type,
        String nonce,
        List<String> modelIds,
        BigInteger minVram,
        String requiredGpu,
        BigInteger requiredGpuVram,
        String version,
        BigInteger size,
        BigInteger fee,
        BigInteger timeout,
        Seal seal,
        List<byte[]> checkpoints) {

    /**
     * Reads the fields.
     *
     * @throws RequestRefusedException 400 for a field that is required, or cannot be read; 500 without a body where one of
     *     four is absent, which the Relay expects and does not ask for
     */
    static CreationFields read(String commitment, FieldSource fields) throws RequestRefusedException {
        // What cannot be read is refused before what is missing.
        long type =
                fields.unsigned("task_type", Byte.SIZE).orElse(BigInteger.ZERO).longValue();
        var minVram = fields.unsigned("min_vram", Long.SIZE);
        var requiredGpu = fields.text("required_gpu");
        var requiredGpuVram = fields.unsigned("required_gpu_vram", Long.SIZE);
        var size = fields.unsigned("task_size", Long.SIZE);
        BigInteger fee = fields.amount("task_fee").orElse(BigInteger.ZERO);
        BigInteger timeout = fields.unsigned("timeout", Long.SIZE).orElse(BigInteger.ZERO);
        long timestamp = fields.signed("timestamp").orElse(0L);
        String args = required(fields, "task_args");
        String nonce = required(fields, "nonce");
        List<String> modelIds = fields.texts("task_model_ids")
                .orElseThrow(() -> RequestRefusedException.invalid("task_model_ids", "required"));
        String version = required(fields, "task_version");
        Seal seal = Seal.required(timestamp, fields.text("signature").orElse(""));
        if (minVram.isEmpty() || requiredGpu.isEmpty() || requiredGpuVram.isEmpty() || size.isEmpty()) {
            throw RequestRefusedException.panic();
        }
        return new CreationFields(
                commitment,
                args,
                type,
                nonce,
                modelIds,
                minVram.get(),
                requiredGpu.get(),
                requiredGpuVram.get(),
                version,
                size.get(),
                fee,
                timeout,
                seal,
                fields.files("checkpoint"));
    }

    private static String required(FieldSource fields, String name) throws RequestRefusedException {
        return fields.text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> RequestRefusedException.invalid(name, "required"));
    }

    /** What the creator signs. */
    Map<String, Object> signed() {
        Map<String, Object> signed = new TreeMap<>();
        signed.put("task_id_commitment", commitment);
        signed.put("task_args", args);
        signed.put("task_type", type);
        signed.put("nonce", nonce);
        signed.put("task_model_ids", modelIds);
        signed.put("min_vram", minVram);
        signed.put("required_gpu", requiredGpu);
        signed.put("required_gpu_vram", requiredGpuVram);
        signed.put("task_version", version);
        signed.put("task_size", size);
        signed.put("task_fee", fee.toString());
        if (timeout.signum() > 0) {
            signed.put("timeout", timeout);
        }
        return signed;
    }

    /** Never prints nonce, parameters and signature. */
    @Override
    public String toString() {
        return "creation of " + commitment;
    }
}
