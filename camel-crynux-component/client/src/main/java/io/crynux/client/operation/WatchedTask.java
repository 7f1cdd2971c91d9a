// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.json.JsonView;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.internal.relayhttp.RequestTexts;
import io.crynux.client.internal.result.ResultFiles;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A task of another wallet. The Relay accepts parameters only from the task's creator and returns results only to it;
 * {@link #json()} contains what the creator must sign for that.
 *
 * @param taskId the contract's id
 * @param kind kind of the task; null if this version does not know it
 * @param creator address that paid, in lower case
 * @param taskHash keccak256 of the parameters
 * @param transactionHash hash of the createTask
 * @param createdIn block of the createTask
 * @param feeWei task fee, in wei
 * @param taskArgs the parameters, if the client has them; otherwise null
 * @param succeeded whether the nodes have agreed on a result
 * @param resultNode node whose result counts, after a success
 * @param resultHash result that the nodes agreed on, after a success
 */
public record WatchedTask(
        BigInteger taskId,
        TaskKind kind,
        String creator,
        String taskHash,
        String transactionHash,
        BlockRef createdIn,
        BigInteger feeWei,
        String taskArgs,
        boolean succeeded,
        String resultNode,
        String resultHash) {
    private static final String UPLOADS = "/v1/inference_tasks";
    private static final String MISSING =
            "the parameters that were paid for: send them as body to get the text to sign";

    static final String RULE =
            "Append the current Unix time in seconds, in decimal, to text. Sign keccak256 of its UTF-8 bytes"
                    + " as it is (secp256k1, no EIP-191 prefix) with the creator's key: 0x, r, s and v, which is 00 or 01, in 65"
                    + " bytes. Send that time as timestamp and the signature as signature, within 60 seconds by the Relay's clock. A"
                    + " browser wallet's personal_sign puts a prefix before the text, and the Relay refuses such a signature";

    /**
     * JSON text: the facts, and in {@code relay} the requests that only the creator can send, each with the {@code text} to
     * sign, and the {@code rule} for signing.
     */
    public String json() {
        return JsonView.write(new View(
                taskId.toString(),
                succeeded ? "succeeded" : "created",
                kind == null ? null : kind.id(),
                creator,
                taskHash,
                transactionHash,
                createdIn.number(),
                createdIn.hash(),
                Cnx.decimal(feeWei),
                resultNode,
                resultHash,
                new Relay(creator, RULE, succeeded ? null : upload(), succeeded ? results() : null)));
    }

    private Request upload() {
        return taskArgs == null
                ? new Request("POST", UPLOADS, MISSING, null, null)
                : new Request(
                        "POST", UPLOADS, null, RequestTexts.upload(taskId, taskArgs), new UploadBody(taskArgs, taskId));
    }

    private List<Request> results() {
        ContractEvent.Succeeded success = new ContractEvent.Succeeded(taskId, resultHash, resultNode);
        int files = kind == null ? 1 : ResultFiles.count(kind, taskArgs, Optional.of(success));
        return IntStream.range(0, files)
                .mapToObj(number -> new Request(
                        "GET",
                        UPLOADS + "/" + taskId + "/results/" + number,
                        null,
                        RequestTexts.result(taskId, number),
                        null))
                .toList();
    }

    /** The task as JSON. */
    private record View(
            String taskId,
            String state,
            String kind,
            String creator,
            String taskHash,
            String transactionHash,
            BigInteger blockNumber,
            String blockHash,
            String fee,
            String resultNode,
            String resultHash,
            Relay relay) {}

    /** The requests that only the task's creator can sign. */
    private record Relay(String signer, String rule, Request upload, List<Request> results) {}

    private record Request(String method, String path, String missing, String text, UploadBody body) {}

    private record UploadBody(@JsonProperty("task_args") String taskArgs, @JsonProperty("task_id") BigInteger taskId) {}

    /** The parameters may contain a prompt. */
    @Override
    public String toString() {
        return "WatchedTask[" + taskId + ", " + transactionHash + "]";
    }
}
