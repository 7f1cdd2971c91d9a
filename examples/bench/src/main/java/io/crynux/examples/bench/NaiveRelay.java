// SPDX-License-Identifier: Apache-2.0
package io.crynux.examples.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Blocking calls to the Relay for one task. */
final class NaiveRelay {
    private static final int ATTEMPTS = 600;
    private static final int ABORTED = 2;
    private static final int RESULTS_UPLOADED = 4;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String tasks;
    private final Credentials wallet;
    private final Duration pollInterval;

    NaiveRelay(String relayUrl, Credentials wallet, Duration pollInterval) {
        this.tasks = relayUrl + "/v1/inference_tasks";
        this.wallet = wallet;
        this.pollInterval = pollInterval;
    }

    /** Uploads the parameters, and retries until the Relay knows the task. */
    void upload(long taskId, String parameters) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long now = Instant.now().getEpochSecond();
            String signature = sign(new TreeMap<>(Map.of("task_args", parameters, "task_id", taskId)), now);
            String body = Json.line(
                    Map.of("task_args", parameters, "task_id", taskId, "timestamp", now, "signature", signature));
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(tasks))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 200) {
                return;
            }
            pause();
        }
        throw new IOException("The Relay refused the parameters of task " + taskId);
    }

    /** Waits until the Relay has the result. */
    void awaitResult(long taskId) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HttpResponse<byte[]> answer = get("/" + taskId, Map.of("task_id", taskId));
            int status = answer.statusCode() != 200
                    ? -1
                    : Json.tree(new String(answer.body(), StandardCharsets.UTF_8))
                            .path("data")
                            .path("status")
                            .asInt();
            if (status == RESULTS_UPLOADED) {
                return;
            }
            if (status == ABORTED) {
                throw new IOException("Task " + taskId + " was aborted");
            }
            pause();
        }
        throw new IOException("No result of task " + taskId);
    }

    byte[] download(long taskId) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/" + taskId + "/results/0", Map.of("image_num", "0", "task_id", taskId));
        if (answer.statusCode() != 200) {
            throw new IOException("The result of task " + taskId + " cannot be downloaded: " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<byte[]> get(String path, Map<String, Object> signed) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        URI url = URI.create(tasks + path + "?timestamp=" + now + "&signature=" + sign(new TreeMap<>(signed), now));
        return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String sign(SortedMap<String, Object> parameters, long now) {
        byte[] digest = Hash.sha3((Json.line(parameters) + now).getBytes(StandardCharsets.UTF_8));
        Sign.SignatureData signature = Sign.signMessage(digest, wallet.getEcKeyPair(), false);
        return Numeric.toHexString(signature.getR())
                + Numeric.toHexStringNoPrefix(signature.getS())
                + (signature.getV()[0] == 27 ? "00" : "01");
    }

    private void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(pollInterval.toMillis());
    }
}
