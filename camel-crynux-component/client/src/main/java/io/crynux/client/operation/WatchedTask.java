// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.operation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.event.ContractEvent;
import io.crynux.client.internal.relayhttp.RequestTexts;
import io.crynux.client.internal.result.ResultFiles;
import io.crynux.client.task.BlockRef;
import io.crynux.client.task.TaskKind;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A task that another wallet paid for. The Relay takes parameters from nobody but its creator, and gives results to nobody
 * else; what its creator must sign for that is in {@link #json()}.
 *
 * @param taskId the contract's id
 * @param kind what it does; null for one that is not known here
 * @param creator address that paid, lower-case
 * @param taskHash keccak256 of its parameters
 * @param transactionHash its createTask
 * @param createdIn block of that
 * @param feeWei what was paid
 * @param taskArgs the parameters, where they were given to this client; else null
 * @param succeeded whether the nodes agreed on a result; false also before its end
 * @param resultNode node whose result counts, once it has succeeded
 * @param resultHash what the nodes agreed on, likewise
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

    static final String RULE =
            "Append the current Unix time in seconds, in decimal, to text. Sign keccak256 of its UTF-8 bytes"
                    + " as it is (secp256k1, no EIP-191 prefix) with the creator's key: 0x, r, s and v, which is 00 or 01, in 65"
                    + " bytes. Send that time as timestamp and the signature as signature, within 60 seconds by the Relay's clock. A"
                    + " browser wallet's personal_sign puts a prefix before the text, and the Relay refuses such a signature";

    /**
     * JSON text: the facts, and in {@code relay} the requests that are left to its creator, each with the {@code text} to be
     * signed and the {@code rule} how.
     */
    public String json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("taskId", taskId.toString());
        json.put("state", succeeded ? "succeeded" : "created");
        put(json, "kind", kind == null ? null : kind.id());
        put(json, "creator", creator);
        put(json, "taskHash", taskHash);
        put(json, "transactionHash", transactionHash);
        json.put("blockNumber", createdIn.number());
        put(json, "blockHash", createdIn.hash());
        put(json, "fee", TaskStatus.cnx(feeWei));
        put(json, "resultNode", resultNode);
        put(json, "resultHash", resultHash);
        ObjectNode relay = json.putObject("relay");
        relay.put("signer", creator);
        relay.put("rule", RULE);
        if (!succeeded) {
            upload(relay.putObject("upload"));
        } else {
            results(relay.putArray("results"));
        }
        return json.toString();
    }

    private void upload(ObjectNode upload) {
        upload.put("method", "POST");
        upload.put("path", UPLOADS);
        if (taskArgs == null) {
            upload.put("missing", "the parameters that were paid for: give them as body to have the text to be signed");
            return;
        }
        upload.put("text", RequestTexts.upload(taskId, taskArgs));
        upload.putObject("body").put("task_args", taskArgs).put("task_id", taskId);
    }

    private void results(ArrayNode results) {
        ContractEvent.Succeeded success = new ContractEvent.Succeeded(taskId, resultHash, resultNode);
        int files = kind == null ? 1 : ResultFiles.count(kind, taskArgs, Optional.of(success));
        for (int number = 0; number < files; number++) {
            results.addObject()
                    .put("method", "GET")
                    .put("path", UPLOADS + "/" + taskId + "/results/" + number)
                    .put("text", RequestTexts.result(taskId, number));
        }
    }

    private static void put(ObjectNode json, String member, String value) {
        if (value != null) {
            json.put(member, value);
        }
    }

    /** The parameters may contain a prompt. */
    @Override
    public String toString() {
        return "WatchedTask[" + taskId + ", " + transactionHash + "]";
    }
}
