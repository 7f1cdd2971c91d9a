// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import io.crynux.client.internal.text.ForeignText;
import java.util.regex.Pattern;

/** The node answered a JSON-RPC request with an error. */
public final class RpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int NO_SUCH_METHOD = -32601;
    private static final Pattern MISSING = Pattern.compile(
            "(?i)unsupported method|method.{0,60}(not (found|exist|available|supported|allowed|whitelisted|included)|disabled)");

    private final String method;
    private final int code;
    private final String rpcMessage;
    private final String data;

    /**
     * @param rpcMessage the node's words, as they came
     * @param data what the node attached to the error, as JSON text; null without
     */
    public RpcException(String method, int code, String rpcMessage, String data) {
        super(method + " failed: " + ForeignText.shown(rpcMessage) + " (code " + code + ")");
        this.method = method;
        this.code = code;
        this.rpcMessage = ForeignText.shown(rpcMessage);
        this.data = data;
    }

    /**
     * Whether the node says that it does not have the call at all: by JSON-RPC's code, or in words such as "the method ... does not
     * exist/is not available" (geth), "Unsupported method" and "rpc method is not whitelisted" (erpc/erpc,
     * architecture/evm/error_normalizer.go).
     */
    public boolean isMissingCall() {
        return code == NO_SUCH_METHOD || MISSING.matcher(rpcMessage).find();
    }

    /** Which method was called. */
    public String method() {
        return method;
    }

    int code() {
        return code;
    }

    /** The node's own words, as messages may show them. */
    public String rpcMessage() {
        return rpcMessage;
    }

    /** What the node attached, as JSON text; null without. */
    public String data() {
        return data;
    }
}
