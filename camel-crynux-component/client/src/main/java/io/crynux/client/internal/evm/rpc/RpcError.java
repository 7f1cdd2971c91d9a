// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a node says in place of a result: a JSON-RPC error, or the message of a gateway before it, which can have other forms.
 *
 * @param code 0 without
 * @param words as they came
 * @param data what is attached, as JSON text; empty without
 */
record RpcError(int code, String words, String data) {

    /** Empty where the answer is a result, or nothing that can be understood. */
    static Optional<RpcError> in(JsonNode answer) {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            return Optional.of(of(error));
        }
        if (error.isTextual()) {
            return Optional.of(new RpcError(
                    answer.path("code").asInt(),
                    error.textValue() + " " + answer.path("message").asText(),
                    ""));
        }
        return answer.isObject()
                        && !answer.has("result")
                        && answer.path("message").isTextual()
                ? Optional.of(of(answer))
                : Optional.empty();
    }

    private static RpcError of(JsonNode error) {
        JsonNode data = error.path("data");
        return new RpcError(
                error.path("code").asInt(),
                error.path("message").asText(),
                data.isMissingNode() || data.isNull() ? "" : data.toString());
    }
}
