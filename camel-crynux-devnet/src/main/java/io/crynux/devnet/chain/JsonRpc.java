// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.crynux.devnet.ledger.RevertReason;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.web3j.utils.Numeric;

/** Calls the JSON-RPC of a node, and waits for the answers. */
final class JsonRpc {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(20);
    private static final int METHOD_NOT_FOUND = -32601;

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTING)
            .build();

    JsonRpc(URI url) {
        this.url = url;
    }

    URI url() {
        return url;
    }

    /** The URL as people may see it. */
    String shownUrl() {
        return shown(url);
    }

    /** A URL without what is behind the port: paths and queries of such URLs have keys in them. */
    static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    /**
     * Calls a method.
     *
     * @return its result, which can be null in JSON
     * @throws ChainAccessException when there is no answer, or an error; the message is the contract's reason where it reverted
     */
    JsonNode call(String method, Object... params) {
        JsonNode answer = ask(method, params);
        if (answer.has("error")) {
            throw failure(method, answer.path("error"));
        }
        return answer.path("result");
    }

    /** The same; empty when the node does not have the method. */
    Optional<JsonNode> callIfKnown(String method, Object... params) {
        JsonNode answer = ask(method, params);
        JsonNode error = answer.path("error");
        if (error.path("code").asInt() == METHOD_NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.has("error")) {
            throw failure(method, error);
        }
        return Optional.of(answer.path("result"));
    }

    /**
     * Calls a method that only nodes for tests have.
     *
     * @param consequence of not having it, for the message
     * @throws UnsupportedOperationException when the node does not have it
     */
    JsonNode control(String consequence, String method, Object... params) {
        return callIfKnown(method, params)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "The node at " + shownUrl() + " has no method " + method + ": " + consequence));
    }

    BigInteger quantity(String method, Object... params) {
        return quantity(call(method, params));
    }

    static BigInteger quantity(JsonNode value) {
        return Numeric.decodeQuantity(value.asText());
    }

    static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static ChainAccessException failure(String method, JsonNode error) {
        String reason = RevertReason.of(error.path("data").asText());
        return new ChainAccessException(
                reason.isEmpty() ? method + ": " + error.path("message").asText() : reason);
    }

    private JsonNode ask(String method, Object... params) {
        ObjectNode request =
                JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", JSON.valueToTree(params));
        HttpResponse<byte[]> response = answer(method, request.toString());
        if (response.statusCode() != 200) {
            throw new ChainAccessException(shownUrl() + " answers " + method + " with status " + response.statusCode());
        }
        try {
            JsonNode answer = JSON.readTree(response.body());
            if (answer.isObject()) {
                return answer;
            }
        } catch (IOException e) {
            throw new ChainAccessException(shownUrl() + " answers " + method + " with something other than JSON", e);
        }
        throw new ChainAccessException(shownUrl() + " answers " + method + " with something other than JSON-RPC");
    }

    /** Waits whatever interrupts it: a devnet that is closed ends what it is at, instead of failing at it. */
    private HttpResponse<byte[]> answer(String method, String body) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .timeout(ANSWERING)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .join();
        } catch (CompletionException e) {
            throw new ChainAccessException(shownUrl() + " does not answer " + method + ": " + e.getCause(), e);
        }
    }
}
