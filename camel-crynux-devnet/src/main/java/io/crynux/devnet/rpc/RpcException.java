// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The error object that a call is answered with. */
final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int SERVER_ERROR = -32000;
    static final int TRANSACTION_REJECTED = -32003;
    static final int LIMIT_EXCEEDED = -32005;
    static final int REVERTED = 3;

    private final transient ObjectNode error;

    private RpcException(ObjectNode error) {
        super(error.path("message").asText(), null, false, false);
        this.error = error;
    }

    static RpcException of(int code, String message) {
        return new RpcException(
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", message));
    }

    static RpcException of(int code, String message, JsonNode data) {
        ObjectNode error =
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", message);
        error.set("data", data);
        return new RpcException(error);
    }

    static RpcException of(ObjectNode error) {
        return new RpcException(error);
    }

    static RpcException invalidParams(String message) {
        return of(INVALID_PARAMS, message);
    }

    ObjectNode error() {
        return error;
    }
}
