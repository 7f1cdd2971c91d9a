// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.io.IOException;

/** The node answers, and does not know yet, or no longer, what was read of the chain before: several can share a URL. */
public final class NodeBehindException extends IOException {
    private static final long serialVersionUID = 1L;

    public NodeBehindException(String message) {
        super(message);
    }
}
