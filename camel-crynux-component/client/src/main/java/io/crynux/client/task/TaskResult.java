// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * Outcome of a submitted task, as far as the request waited for it. Facts that are unknown in that state are null or empty.
 *
 * @param kind kind of the task
 * @param state state of the task
 * @param taskId id under which the network knows the task: the number in the contract on a chain
 * @param taskHash keccak256 of the parameters
 * @param creator address that paid
 * @param transactionHash hash of the payment
 * @param blockNumber block of the payment
 * @param blockHash hash of that block
 * @param feeWei the task fee, in wei
 * @param attempt number of the attempt, from 1
 * @param resultNode address of the node whose result counts, from {@link TaskState#SUCCEEDED} on
 * @param resultHash result that the nodes agreed on, as hex, from {@link TaskState#SUCCEEDED} on
 * @param files the result, from {@link TaskState#DOWNLOADED} on
 */
public record TaskResult(
        TaskKind kind,
        TaskState state,
        String taskId,
        String taskHash,
        String creator,
        String transactionHash,
        BigInteger blockNumber,
        String blockHash,
        BigInteger feeWei,
        int attempt,
        String resultNode,
        String resultHash,
        List<ResultFile> files) {

    public TaskResult {
        Objects.requireNonNull(kind, "kind");
        files = List.copyOf(files);
    }

    /**
     * The images of an image task, in order.
     *
     * @throws IllegalStateException if the task has no images, or the request did not wait for its result
     */
    public List<ResultFile> images() {
        require(kind != TaskKind.GPT, "has no images");
        return files;
    }

    /**
     * The answer of a text task.
     *
     * @throws IllegalStateException if the task has no text, or the request did not wait for its result
     */
    public ChatCompletion completion() {
        require(kind == TaskKind.GPT, "has no text");
        return ChatCompletion.parse(files.get(0).bytes());
    }

    private void require(boolean rightKind, String otherwise) {
        if (!rightKind) {
            throw new IllegalStateException("Task " + taskId + " of kind " + kind.id() + " " + otherwise);
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("The result of task " + taskId
                    + " was not downloaded, because the request did not wait for it; the task is " + state);
        }
    }
}
