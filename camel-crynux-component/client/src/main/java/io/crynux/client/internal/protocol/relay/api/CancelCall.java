// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import io.crynux.client.internal.protocol.relay.task.AbortReason;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Cancels a queued task, with a full refund. Not idempotent: after a lost answer, reading the task decides. */
final class CancelCall implements RelayCall<Void> {
    private final RequestFactory requests;
    private final String commitment;

    CancelCall(RequestFactory requests, String commitment) {
        this.requests = requests;
        this.commitment = commitment;
    }

    @Override
    public CallName name() {
        return CallName.CANCEL;
    }

    @Override
    public Priority priority() {
        return Priority.SIBLING;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        int reason = AbortReason.CREATOR_CANCELLED.number();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("task_id_commitment", commitment)
                .put("abort_reason", reason);
        return requests.signedPost(
                "/v1/inference_tasks/" + commitment + "/abort_reason",
                SignedFields.ofTask(commitment).number("abort_reason", reason),
                body);
    }

    @Override
    public Void read(HttpReply reply) {
        AnswerReader.data(reply);
        return null;
    }
}
