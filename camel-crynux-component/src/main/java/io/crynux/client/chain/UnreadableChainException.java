// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.io.IOException;

/** What happens on the chain cannot be seen, so that nothing new may be signed; that may pass. */
final class UnreadableChainException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableChainException(String message) {
        super(message);
    }

    UnreadableChainException(String message, Throwable cause) {
        super(message, cause);
    }
}
