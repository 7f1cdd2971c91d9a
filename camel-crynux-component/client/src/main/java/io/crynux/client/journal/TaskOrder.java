// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskKind;
import java.math.BigInteger;

/**
 * A task as it was ordered; none of this changes later.
 *
 * @param key names the task in the journal, unique for ever
 * @param parametersJson what is uploaded, byte for byte
 * @param taskHash keccak256 of its UTF-8 bytes, as hex
 * @param creator address that pays
 * @param feeWei the task fee
 * @param vramLimit least VRAM of a node in GB
 * @param cap size as the contract prices it
 * @param gpuName GPU that nodes must have, or ""
 * @param gpuVram its VRAM in GB, or 0
 * @param resultFiles how many files its result has
 * @param maxResultBytes the longest result file that is taken
 * @param spoolThreshold the longest result file that is kept in memory
 * @param idempotencyKey what the request is known by, or null
 * @param attempt which task of the request it is, from 1
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

    /** Another attempt at the same. */
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

    /** What remains of a task that is settled: everything but the parameters. */
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

    /** Without the parameters, which may contain a prompt. */
    @Override
    public String toString() {
        return "TaskOrder[" + key + ", " + kind.id() + ", " + taskHash + ", fee " + feeWei + " wei]";
    }
}
