// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Validates one task, or a group of three. Not idempotent: after a lost answer, reading the tasks decides. */
final class ValidateCall implements RelayCall<Void> {
    private final RequestFactory requests;
    private final String taskId;
    private final List<String> commitments;
    private final String proof;
    private final String publicKey;

    /**
     * @param taskId becomes known to the Relay
     * @param commitments one or three, in any order
     * @param proof of the seed of the task that was created first, {@code 0x} and 162 hex digits
     * @param publicKey {@code 0x} and 128 hex digits
     */
    ValidateCall(RequestFactory requests, String taskId, List<String> commitments, String proof, String publicKey) {
        this.requests = requests;
        this.taskId = taskId;
        this.commitments = List.copyOf(commitments);
        this.proof = proof;
        this.publicKey = publicKey;
    }

    @Override
    public CallName name() {
        return CallName.VALIDATE;
    }

    @Override
    public Priority priority() {
        return Priority.VALIDATE;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("public_key", publicKey)
                .put("task_id", taskId)
                .put("vrf_proof", proof);
        commitments.forEach(body.putArray("task_id_commitments")::add);
        SignedFields fields = new SignedFields()
                .text("public_key", publicKey)
                .text("task_id", taskId)
                .texts("task_id_commitments", commitments)
                .text("vrf_proof", proof);
        return requests.signedPost("/v1/inference_tasks/validate", fields, body);
    }

    @Override
    public Void read(HttpReply reply) {
        AnswerReader.data(reply);
        return null;
    }
}
