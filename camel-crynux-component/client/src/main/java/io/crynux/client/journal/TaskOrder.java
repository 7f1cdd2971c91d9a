// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import io.crynux.client.task.TaskKind;
import java.math.BigInteger;

/**
 * A task as it was ordered. Immutable. {@link #of} makes one, and each {@code with} method an order that differs in one respect.
 *
 * @param key unique key of the task in the journal
 * @param parametersJson the parameters that are uploaded, byte for byte
 * @param taskHash keccak256 of the UTF-8 bytes of the parameters, as hex
 * @param creator the account that pays, as the protocol names it
 * @param feeWei task fee in wei
 * @param resultFiles number of files of the result
 * @param maxResultBytes maximum size of a result file, in bytes
 * @param spoolThreshold maximum size of a result file that is held in memory, in bytes
 * @param idempotencyKey key that identifies the request, or null
 * @param attempt number of the attempt for the request, from 1
 * @param terms the protocol's own terms, such as the VRAM that nodes must have
 */
public record TaskOrder(
        String key,
        TaskKind kind,
        String parametersJson,
        String taskHash,
        String creator,
        BigInteger feeWei,
        int resultFiles,
        long maxResultBytes,
        long spoolThreshold,
        String idempotencyKey,
        int attempt,
        ProtocolData terms) {

    /** The first attempt at a task of no fee, whose result has one file that may have any size and is held in memory. */
    public static TaskOrder of(String key, TaskKind kind, String parametersJson, String taskHash, String creator) {
        return new TaskOrder(
                key,
                kind,
                parametersJson,
                taskHash,
                creator,
                BigInteger.ZERO,
                1,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                null,
                1,
                ProtocolData.EMPTY);
    }

    public TaskOrder withFee(BigInteger newFeeWei) {
        return again(key, newFeeWei, attempt);
    }

    /** Number and maximum sizes of the result's files. */
    public TaskOrder withResult(int files, long maxBytes, long maxBytesInMemory) {
        return new TaskOrder(
                key,
                kind,
                parametersJson,
                taskHash,
                creator,
                feeWei,
                files,
                maxBytes,
                maxBytesInMemory,
                idempotencyKey,
                attempt,
                terms);
    }

    /** @param newKey the submitter's own, or null */
    public TaskOrder withIdempotencyKey(String newKey) {
        return new TaskOrder(
                key,
                kind,
                parametersJson,
                taskHash,
                creator,
                feeWei,
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                newKey,
                attempt,
                terms);
    }

    public TaskOrder withTerms(ProtocolData newTerms) {
        return new TaskOrder(
                key,
                kind,
                parametersJson,
                taskHash,
                creator,
                feeWei,
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                idempotencyKey,
                attempt,
                newTerms);
    }

    /** Another attempt for the same request. */
    public TaskOrder again(String newKey, BigInteger newFeeWei, int newAttempt) {
        return new TaskOrder(
                newKey,
                kind,
                parametersJson,
                taskHash,
                creator,
                newFeeWei,
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                idempotencyKey,
                newAttempt,
                terms);
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
                resultFiles,
                maxResultBytes,
                spoolThreshold,
                idempotencyKey,
                attempt,
                terms);
    }

    /** Leaves out the parameters, which may contain a prompt. */
    @Override
    public String toString() {
        return "TaskOrder[" + key + ", " + kind.id() + ", " + taskHash + ", fee " + feeWei + " wei]";
    }
}
