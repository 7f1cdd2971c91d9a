// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.crynux.client.internal.http.HttpReply;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Reads a task for its arguments, which the Relay has rewritten (relay protocol, section 4.2). */
final class ArgumentsCall implements RelayCall<String> {
    private final GetCall task;
    private final String commitment;

    ArgumentsCall(GetCall task, String commitment) {
        this.task = task;
        this.commitment = commitment;
    }

    @Override
    public CallName name() {
        return task.name();
    }

    @Override
    public long maxAnswer() {
        return task.maxAnswer();
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return task.request();
    }

    @Override
    public String read(HttpReply reply) {
        GetCall.task(reply, commitment);
        JsonNode arguments = AnswerReader.data(reply).path("task_args");
        if (!arguments.isTextual()) {
            throw new IllegalArgumentException("the task has no task_args");
        }
        return arguments.textValue();
    }
}
