// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.task.RelayTask;
import io.crynux.client.internal.relayhttp.RequestSigner.SignedAt;
import io.crynux.client.task.Content;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Creates and pays a task. Idempotent by its commitment. */
final class CreateCall implements RelayCall<RelayTask> {
    private final RequestFactory requests;
    private final CreateFields fields;
    private final Content checkpoint;
    private final Priority priority;
    private final Function<Instant, CompletionStage<Void>> beforeSending;

    /**
     * @param checkpoint input of fine-tuning, or null
     * @param beforeSending gets the signature's time by the Relay's clock; the request is sent when its stage is complete
     */
    CreateCall(
            RequestFactory requests,
            CreateFields fields,
            Content checkpoint,
            Priority priority,
            Function<Instant, CompletionStage<Void>> beforeSending) {
        this.requests = requests;
        this.fields = fields;
        this.checkpoint = checkpoint;
        this.priority = priority;
        this.beforeSending = beforeSending;
    }

    @Override
    public CallName name() {
        return CallName.CREATE;
    }

    @Override
    public Priority priority() {
        return priority;
    }

    /** The answer contains the arguments, rewritten. */
    @Override
    public long maxAnswer() {
        return GetCall.MAX_ANSWER;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.signer().sign(fields.signed()).thenCompose(signed -> beforeSending
                .apply(Instant.ofEpochSecond(signed.timestamp()))
                .thenApply(ready -> request(signed)));
    }

    private HttpRequest request(SignedAt signed) {
        List<Map.Entry<String, String>> form = new ArrayList<>(fields.form());
        form.add(Map.entry("timestamp", Long.toString(signed.timestamp())));
        form.add(Map.entry("signature", signed.signature()));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(requests.uri("/v1/inference_tasks/" + fields.commitment()));
        if (checkpoint == null) {
            return request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(urlEncoded(form)))
                    .build();
        }
        Multipart body = new Multipart(form, "checkpoint", "checkpoint.zip", "application/zip", checkpoint);
        return request.header("Content-Type", body.contentType())
                .POST(body.publisher())
                .build();
    }

    private static String urlEncoded(List<Map.Entry<String, String>> form) {
        return form.stream()
                .map(field -> field.getKey() + "=" + RequestFactory.encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    @Override
    public RelayTask read(HttpReply reply) {
        return GetCall.task(reply, fields.commitment());
    }
}
