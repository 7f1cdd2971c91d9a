// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.io.IOException;

/** Something answered that is no JSON-RPC: a gateway or a proxy, or a node that does not take the form of the request. */
final class NoRpcAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    NoRpcAnswerException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    int status() {
        return status;
    }
}
