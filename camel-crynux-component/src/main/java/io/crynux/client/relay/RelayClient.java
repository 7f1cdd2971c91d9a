// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.http.HttpReply;
import io.crynux.client.http.HttpTransport;
import io.crynux.client.wallet.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The Relay's calls of a task creator. Each retries what may pass, with back-off and until its future is completed or
 * cancelled from outside, and fails with a {@link io.crynux.client.error.RelayException} when the Relay refuses for good.
 */
public final class RelayClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_ANSWER_BYTES = 1 << 20;

    private final URI base;
    private final HttpTransport http;
    private final RequestSigner signer;
    private final Clock clock;
    private final RelayRetry retry;
    private final Executor executor;

    public RelayClient(
            URI relayUrl,
            HttpTransport http,
            Signer signer,
            Clock clock,
            Executor executor,
            ScheduledExecutorService scheduler) {
        this.base = URI.create(relayUrl.toString().replaceAll("/+$", ""));
        this.http = http;
        this.signer = new RequestSigner(signer, clock);
        this.clock = clock;
        this.executor = executor;
        this.retry = new RelayRetry(scheduler, clock, HttpTransport.shown(base), this::readClock);
    }

    /** Gives the Relay the parameters of a task that is on chain. */
    public CompletableFuture<Void> upload(BigInteger taskId, String taskArgs) {
        return retry.run("uploading the parameters of task " + taskId, () -> send(uploadRequest(taskId, taskArgs)))
                .thenApply(reply -> null);
    }

    /**
     * Downloads one file of a result.
     *
     * @param number of the image, from 0; 0 for a text
     * @param maxBytes a longer one is refused
     */
    public CompletableFuture<byte[]> result(BigInteger taskId, int number, long maxBytes) {
        return retry.run("downloading result " + number + " of task " + taskId, () -> CompletableFuture.supplyAsync(
                                () -> resultRequest(taskId, number), executor)
                        .thenCompose(request -> http.send(request, maxBytes)))
                .thenApply(HttpReply::body);
    }

    /** How far the Relay's clock is ahead of ours; also the way to find out whether it answers. */
    public CompletableFuture<Duration> readClock() {
        HttpRequest request = HttpRequest.newBuilder(base.resolve(base.getPath() + "/v1/now"))
                .GET()
                .build();
        return http.send(request, MAX_ANSWER_BYTES).thenApply(reply -> {
            Duration offset = Duration.between(clock.instant(), relayTime(reply));
            signer.setClockOffset(offset);
            return offset;
        });
    }

    private static Instant relayTime(HttpReply reply) {
        try {
            JsonNode now = JSON.readTree(reply.body()).path("data").path("now");
            if (reply.status() == 200 && now.isIntegralNumber()) {
                return Instant.ofEpochSecond(now.longValue());
            }
            throw new IOException("/v1/now of the Relay answered HTTP " + reply.status() + " without a time");
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private CompletableFuture<HttpReply> send(CompletableFuture<HttpRequest> request) {
        return request.thenCompose(built -> http.send(built, MAX_ANSWER_BYTES));
    }

    private CompletableFuture<HttpRequest> uploadRequest(BigInteger taskId, String taskArgs) {
        return CompletableFuture.supplyAsync(
                () -> {
                    TreeMap<String, Object> parameters = new TreeMap<>();
                    parameters.put("task_args", taskArgs);
                    parameters.put("task_id", taskId);
                    RequestSigner.SignedAt signed = signer.sign(parameters);
                    ObjectNode body = JSON.createObjectNode()
                            .put("task_args", taskArgs)
                            .put("task_id", taskId)
                            .put("timestamp", signed.timestamp())
                            .put("signature", signed.signature());
                    return HttpRequest.newBuilder(URI.create(base + "/v1/inference_tasks"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build();
                },
                executor);
    }

    private HttpRequest resultRequest(BigInteger taskId, int number) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        // The Relay signs the path's image_num as a string and its task_id as a number.
        parameters.put("image_num", Integer.toString(number));
        parameters.put("task_id", taskId);
        RequestSigner.SignedAt signed = signer.sign(parameters);
        return HttpRequest.newBuilder(URI.create(base + "/v1/inference_tasks/" + taskId + "/results/" + number
                        + "?timestamp=" + signed.timestamp() + "&signature="
                        + URLEncoder.encode(signed.signature(), StandardCharsets.UTF_8)))
                .GET()
                .build();
    }
}
