// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

/** The node answered a JSON-RPC request with an error. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String rpcMessage;
    private final String data;

    /** @param data what the node attached to the error, as JSON text; null without */
    RpcException(String method, int code, String rpcMessage, String data) {
        super(method + " failed: " + rpcMessage + " (code " + code + ")");
        this.code = code;
        this.rpcMessage = rpcMessage == null ? "" : rpcMessage;
        this.data = data;
    }

    int code() {
        return code;
    }

    /** The node's own words. */
    String rpcMessage() {
        return rpcMessage;
    }

    /** What the node attached, as JSON text; null without. */
    String data() {
        return data;
    }
}
