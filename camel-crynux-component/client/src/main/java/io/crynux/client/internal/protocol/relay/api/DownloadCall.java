// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import io.crynux.client.internal.http.HttpReply;
import io.crynux.client.internal.http.HttpTransport;
import io.crynux.client.internal.http.ResumableDownload;
import io.crynux.client.internal.protocol.relay.limit.Priority;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Downloads a file of a result, or the checkpoint of fine-tuning, or what is missing of it. */
final class DownloadCall implements RelayCall<Void> {
    private static final int PARTIAL = 206;

    private final RequestFactory requests;
    private final CallName name;
    private final String path;
    private final SignedFields fields;
    private final ResumableDownload target;

    private DownloadCall(
            RequestFactory requests, CallName name, String path, SignedFields fields, ResumableDownload target) {
        this.requests = requests;
        this.name = name;
        this.path = path;
        this.fields = fields;
        this.target = target;
    }

    /** @param index of the file, from 0 */
    static DownloadCall result(RequestFactory requests, String commitment, int index, ResumableDownload target) {
        // The Relay signs the index as a text.
        SignedFields fields = SignedFields.ofTask(commitment).text("index", Integer.toString(index));
        String path = "/v1/inference_tasks/" + commitment + "/results/" + index;
        return new DownloadCall(requests, CallName.RESULT, path, fields, target);
    }

    static DownloadCall checkpoint(RequestFactory requests, String commitment, ResumableDownload target) {
        String path = "/v1/inference_tasks/" + commitment + "/results/checkpoint";
        return new DownloadCall(requests, CallName.CHECKPOINT, path, SignedFields.ofTask(commitment), target);
    }

    @Override
    public CallName name() {
        return name;
    }

    @Override
    public Priority priority() {
        return Priority.RESULT;
    }

    @Override
    public CompletableFuture<HttpRequest> request() {
        return requests.signedGetBuilder(path, fields)
                .thenApply(target::addRange)
                .thenApply(HttpRequest.Builder::build);
    }

    @Override
    public CompletableFuture<HttpReply> send(HttpTransport http, HttpRequest request) {
        return http.download(request, target);
    }

    @Override
    public boolean isValue(int status) {
        return status == 200 || status == PARTIAL;
    }

    /** The file is in the target. */
    @Override
    public Void read(HttpReply reply) {
        return null;
    }
}
