// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.task.Content;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Downloads a file of a task's result. */
final class DownloadCall implements RelayCall {
    private final URI tasks;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final BigInteger taskId;
    private final int number;
    private final long maxBytes;
    private final long spoolThreshold;
    private final Function<Content, Optional<String>> check;

    /**
     * @param tasks what the task's id is appended to
     * @param check returns what is wrong with a file, or empty
     */
    DownloadCall(
            URI tasks,
            HttpTransport http,
            RequestSigner signer,
            BigInteger taskId,
            int number,
            long maxBytes,
            long spoolThreshold,
            Function<Content, Optional<String>> check) {
        this.tasks = tasks;
        this.http = http;
        this.signer = signer;
        this.taskId = taskId;
        this.number = number;
        this.maxBytes = maxBytes;
        this.spoolThreshold = spoolThreshold;
        this.check = check;
    }

    @Override
    public String what() {
        return "downloading result " + number + " of task " + taskId;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return signer.sign(RequestParameters.result(taskId, number)).thenApply(signed -> HttpRequest.newBuilder(
                        URI.create(tasks + "/" + taskId + "/results/" + number + signed.query()))
                .GET()
                .build());
    }

    @Override
    public CompletableFuture<HttpReply> send(HttpRequest request) {
        return http.download(request, maxBytes, spoolThreshold);
    }

    @Override
    public Optional<String> flaw(HttpReply reply) {
        return check.apply(reply.content());
    }

    @Override
    public boolean endsWhenTooLong() {
        return true;
    }
}
