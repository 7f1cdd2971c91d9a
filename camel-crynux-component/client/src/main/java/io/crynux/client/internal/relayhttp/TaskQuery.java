// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.crynux.client.error.RelayException;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Reads a task from the Relay, once. */
final class TaskQuery {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI tasks;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final Supplier<CompletableFuture<Duration>> readClock;

    TaskQuery(URI tasks, HttpTransport http, RequestSigner signer, Supplier<CompletableFuture<Duration>> readClock) {
        this.tasks = tasks;
        this.http = http;
        this.signer = signer;
        this.readClock = readClock;
    }

    /** Fails with a {@link RelayException} if the Relay does not return the task, and with an IOException if it does not answer. */
    CompletableFuture<RelayTask> ask(BigInteger taskId) {
        return send(taskId).thenCompose(reply -> {
            RelayAnswer answer = RelayAnswer.of(reply);
            if (answer.meaning() != RelayAnswer.Meaning.INVALID_SIGNATURE) {
                return CompletableFuture.completedFuture(read(reply, answer));
            }
            return readClock
                    .get()
                    .thenCompose(offset -> send(taskId))
                    .thenApply(again -> read(again, RelayAnswer.of(again)));
        });
    }

    private CompletableFuture<HttpReply> send(BigInteger taskId) {
        TaskStatusCall question = new TaskStatusCall(tasks, http, signer, taskId);
        return question.request().thenCompose(question::send);
    }

    private static RelayTask read(HttpReply reply, RelayAnswer answer) {
        if (answer.meaning() == RelayAnswer.Meaning.NOT_SHOWN) {
            throw new RelayException(
                    "The Relay returns a task only once its parameters are uploaded and its three nodes are"
                            + " selected. It answered: " + answer.text());
        }
        if (answer.meaning() != RelayAnswer.Meaning.OK) {
            throw new RelayException("The Relay does not return the task: " + answer.text());
        }
        try {
            JsonNode data = JSON.readTree(reply.body()).path("data");
            if (data.isObject()) {
                return RelayTask.of(data);
            }
        } catch (IOException e) {
            throw new CompletionException(new IOException("The Relay's answer is not JSON"));
        }
        throw new CompletionException(new IOException("The Relay's answer has no task"));
    }
}
