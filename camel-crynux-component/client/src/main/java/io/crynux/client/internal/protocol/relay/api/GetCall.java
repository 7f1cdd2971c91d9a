// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads a task. The answer repeats the whole parameters. */
final class GetCall implements RelayCall<RelayTask> {
    /** The Relay accepts bodies of 32 MiB; their parameters are longer once they are escaped again. */
    static final long MAX_ANSWER = 96L << 20;

    private final RequestFactory requests;
    private final String commitment;
    private final Priority priority;

    GetCall(RequestFactory requests, String commitment, Priority priority) {
        this.requests = requests;
        this.commitment = commitment;
        this.priority = priority;
    }

    @Override
    public CallName name() {
        return CallName.GET;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    @Override
    public long maxAnswer() {
        return MAX_ANSWER;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.signedGet("/v1/inference_tasks/" + commitment, SignedFields.ofTask(commitment));
    }

    @Override
    public RelayTask read(HttpReply reply) {
        return task(reply, commitment);
    }

    /** @throws IllegalArgumentException if the answer is no task, or another one */
    static RelayTask task(HttpReply reply, String commitment) {
        RelayTask task = RelayTask.of(AnswerReader.data(reply));
        if (!task.commitment().equals(commitment)) {
            throw new IllegalArgumentException("it is another task");
        }
        return task;
    }
}
