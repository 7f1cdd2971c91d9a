// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Uploads the parameters of a task once the Relay is likely to know it, and updates the estimate of the Relay's lag. */
final class UploadCall implements RelayCall {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private final URI uploads;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final BigInteger taskId;
    private final String taskArgs;
    private final RelayLag lag;
    private final RelayLag.Wait wait;
    private final long begin = System.nanoTime();
    private boolean disturbed;
    private Duration refused;

    /** @param uploads where parameters are posted */
    UploadCall(
            URI uploads, HttpTransport http, RequestSigner signer, BigInteger taskId, String taskArgs, RelayLag lag) {
        this.uploads = uploads;
        this.http = http;
        this.signer = signer;
        this.taskId = taskId;
        this.taskArgs = taskArgs;
        this.lag = lag;
        this.wait = lag.next();
    }

    @Override
    public String what() {
        return "uploading the parameters of task " + taskId;
    }

    @Override
    public Duration firstDelay() {
        return wait.duration();
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return signer.sign(RequestParameters.upload(taskId, taskArgs)).thenApply(this::request);
    }

    private HttpRequest request(RequestSigner.SignedAt signed) {
        ObjectNode body = JSON.createObjectNode()
                .put("task_args", taskArgs)
                .put("task_id", taskId)
                .put("timestamp", signed.timestamp())
                .put("signature", signed.signature());
        return HttpRequest.newBuilder(uploads)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    @Override
    public CompletableFuture<HttpReply> send(HttpRequest request) {
        return http.send(request, MAX_ANSWER_BYTES);
    }

    @Override
    public Optional<String> flaw(HttpReply reply) {
        try {
            return "success".equals(JSON.readTree(reply.body()).path("message").asText())
                    ? Optional.empty()
                    : Optional.of("its answer does not confirm it");
        } catch (IOException e) {
            return Optional.of("its answer is not JSON");
        }
    }

    @Override
    public void onAnswer(RelayAnswer.Meaning meaning) {
        switch (meaning) {
            case NOT_YET -> refused = elapsed();
            case OK -> accepted();
            // After these the time until the upload is accepted says nothing of the Relay's lag.
            default -> disturbed = true;
        }
    }

    private void accepted() {
        if (disturbed) {
            return;
        }
        if (refused == null) {
            lag.enough(wait);
        } else {
            lag.tooShort(wait, refused, elapsed());
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
