// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the state of a task. */
final class TaskStatusCall implements RelayCall {
    /** The answer contains the parameters, and the Relay accepts no longer ones. */
    private static final long MAX_ANSWER_BYTES = 32L << 20;

    private final URI tasks;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final BigInteger taskId;

    /** @param tasks what the task's id is appended to */
    TaskStatusCall(URI tasks, HttpTransport http, RequestSigner signer, BigInteger taskId) {
        this.tasks = tasks;
        this.http = http;
        this.signer = signer;
        this.taskId = taskId;
    }

    @Override
    public String what() {
        return "asking for the state of task " + taskId;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return signer.sign(RequestParameters.status(taskId))
                .thenApply(signed -> HttpRequest.newBuilder(URI.create(tasks + "/" + taskId + signed.query()))
                        .GET()
                        .build());
    }

    /** The answer also contains the task's parameters, with any images. */
    @Override
    public CompletableFuture<HttpReply> send(HttpRequest request) {
        return http.send(request, MAX_ANSWER_BYTES);
    }

    @Override
    public Optional<String> flaw(HttpReply reply) {
        return state(reply).isPresent() ? Optional.empty() : Optional.of("its answer has no state of that task");
    }

    /** Empty if the answer has no state of the task. */
    Optional<RelayTaskState> state(HttpReply reply) {
        JsonNode data = data(reply);
        JsonNode status = data.path("status");
        JsonNode id = data.path("task_id");
        boolean ofTheTask = id.isIntegralNumber() && id.bigIntegerValue().equals(taskId);
        return ofTheTask && status.isIntegralNumber() && status.canConvertToInt()
                ? RelayTaskState.of(status.intValue())
                : Optional.empty();
    }

    /** The task of an answer without a {@link #flaw}. */
    RelayTask task(HttpReply reply) {
        return RelayTask.of(data(reply));
    }

    private static JsonNode data(HttpReply reply) {
        return RelayAnswer.json(reply).path("data");
    }
}
