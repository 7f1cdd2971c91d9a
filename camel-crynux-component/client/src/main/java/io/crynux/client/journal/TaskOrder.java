// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskKind;
import java.math.BigInteger;

/**
 * A task as it was ordered. Immutable.
 *
 * @param key unique key of the task in the journal
 * @param parametersJson the parameters that are uploaded, byte for byte
 * @param taskHash keccak256 of the UTF-8 bytes of the parameters, as hex
 * @param creator address of the wallet that pays
 * @param feeWei task fee in wei
 * @param vramLimit minimum VRAM of a node, in GB
 * @param cap size as the contract prices it
 * @param gpuName name of the GPU that nodes must have, or ""
 * @param gpuVram VRAM of that GPU in GB, or 0
 * @param resultFiles number of files of the result
 * @param maxResultBytes maximum size of a result file, in bytes
 * @param spoolThreshold maximum size of a result file that is held in memory, in bytes
 * @param idempotencyKey key that identifies the request, or null
 * @param attempt number of the attempt for the request, from 1
 */
public record TaskOrder(
        String key,
        TaskKind kind,
        String parametersJson,
        String taskHash,
        String creator,
        BigInteger feeWei,
        long vramLimit,
        long cap,
        String gpuName,
        long gpuVram,
        int resultFiles,
        long maxResultBytes,
        long spoolThreshold,
        String idempotencyKey,
        int attempt) {

    /** Another attempt for the same request. */
    public TaskOrder again(String newKey, BigInteger newFeeWei, int newAttempt) {
        return new TaskOrder(
                newKey,
                kind,
                parametersJson,
                taskHash,
                creator,
                newFeeWei,
                vramLimit,
                cap,
                gpuName,
                gpuVram,
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                idempotencyKey,
                newAttempt);
    }

    /** The order without the parameters, which a settled task no longer needs. */
    TaskOrder withoutParameters() {
        return new TaskOrder(
                key,
                kind,
                "",
                taskHash,
                creator,
                feeWei,
                vramLimit,
                cap,
                gpuName,
                gpuVram,
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                idempotencyKey,
                attempt);
    }

    /** Leaves out the parameters, which may contain a prompt. */
    @Override
    public String toString() {
        return "TaskOrder[" + key + ", " + kind.id() + ", " + taskHash + ", fee " + feeWei + " wei]";
    }
}
