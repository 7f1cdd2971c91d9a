// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.rpc;

import java.io.IOException;

/** What happens on the chain cannot be seen, so that nothing new may be signed; that may pass. */
public final class UnreadableChainException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableChainException(String message) {
        super(message);
    }

    public UnreadableChainException(String message, Throwable cause) {
        super(message, cause);
    }
}
