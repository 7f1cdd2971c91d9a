// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Calls a JSON-RPC over HTTP, with nothing between the test and the wire. */
public final class RpcClient {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private int id;

    public RpcClient(String url) {
        this.url = url;
    }

    /** The answer's envelope. */
    public JsonNode call(String method, Object... params) {
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", ++id).put("method", method);
        request.set("params", JSON.valueToTree(List.of(params)));
        try {
            return JSON.readTree(post(request.toString()).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The result; an error fails the test. */
    public JsonNode result(String method, Object... params) {
        JsonNode answer = call(method, params);
        if (!answer.has("result")) {
            throw new AssertionError(method + " answered " + answer);
        }
        return answer.get("result");
    }

    public HttpResponse<String> post(String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
