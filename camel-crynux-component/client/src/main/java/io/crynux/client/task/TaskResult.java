// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.task;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;

/**
 * What became of a submitted task, as far as its caller waited. What is not known yet at that point is null or empty.
 *
 * @param kind what the task does
 * @param state how far it had come
 * @param taskId the id that the contract gave it
 * @param taskHash keccak256 of the parameters
 * @param creator address that paid
 * @param transactionHash hash of the payment
 * @param blockNumber block of the payment
 * @param blockHash hash of that block
 * @param feeWei the task fee
 * @param attempt which task of the request it was, from 1
 * @param resultNode address of the node whose result counts, from {@link TaskState#SUCCEEDED} on
 * @param resultHash what the nodes agreed on, as hex, from {@link TaskState#SUCCEEDED} on
 * @param files the result, from {@link TaskState#DOWNLOADED} on
 */
public record TaskResult(
        TaskKind kind,
        TaskState state,
        BigInteger taskId,
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
     * @throws IllegalStateException when the task made no images, or its result was not waited for
     */
    public List<ResultFile> images() {
        require(kind != TaskKind.GPT, "made no images");
        return files;
    }

    /**
     * The answer of a text task.
     *
     * @throws IllegalStateException when the task made no text, or its result was not waited for
     */
    public ChatCompletion completion() {
        require(kind == TaskKind.GPT, "made no text");
        return ChatCompletion.parse(files.get(0).bytes());
    }

    private void require(boolean rightKind, String otherwise) {
        if (!rightKind) {
            throw new IllegalStateException("Task " + taskId + " is of kind " + kind.id() + " and " + otherwise);
        }
        if (files.isEmpty()) {
            throw new IllegalStateException("The result of task " + taskId + " was not waited for; it is " + state);
        }
    }
}
