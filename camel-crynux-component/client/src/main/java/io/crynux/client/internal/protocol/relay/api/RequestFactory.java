// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.client.internal.protocol.relay.signing.RelaySigner;
import io.crynux.client.internal.protocol.relay.signing.SignedFields;
import io.crynux.client.internal.relayhttp.RequestSigner.SignedAt;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Creates requests to one Relay, with and without signature. */
final class RequestFactory {
    private final String base;
    private final RelaySigner signer;

    /** @param signer null for a client without a wallet, which can only make calls without a signature */
    RequestFactory(URI relayUrl, RelaySigner signer) {
        this.base = relayUrl.toString().replaceAll("/+$", "");
        this.signer = signer;
    }

    /** Of the wallet. */
    RelaySigner signer() {
        if (signer == null) {
            throw new IllegalStateException("this call needs a wallet");
        }
        return signer;
    }

    URI uri(String path) {
        return URI.create(base + path);
    }

    /** Such as {@code ?page=1&size=10}; values are encoded. */
    static String query(Map<String, ?> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&", "?", ""));
    }

    /** A value of a query or a form; a plus sign becomes %2B, which the Relay would read as a space. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    CompletableFuture<HttpRequest> get(String path) {
        return CompletableFuture.completedFuture(
                HttpRequest.newBuilder(uri(path)).GET().build());
    }

    /** A GET with timestamp and signature in the query. */
    CompletableFuture<HttpRequest> signedGet(String path, SignedFields fields) {
        return signedGetBuilder(path, fields).thenApply(HttpRequest.Builder::build);
    }

    CompletableFuture<HttpRequest.Builder> signedGetBuilder(String path, SignedFields fields) {
        return signer().sign(fields).thenApply(signed -> HttpRequest.newBuilder(uri(path + signed.query()))
                .GET());
    }

    /** A POST of JSON with timestamp and signature among its members. */
    CompletableFuture<HttpRequest> signedPost(String path, SignedFields fields, ObjectNode body) {
        return signer().sign(fields).thenApply(signed -> post(path, body, signed));
    }

    HttpRequest post(String path, ObjectNode body, SignedAt signed) {
        body.put("timestamp", signed.timestamp()).put("signature", signed.signature());
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }
}
