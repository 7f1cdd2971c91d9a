// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import java.io.IOException;

/** A request's body is larger than the Relay takes. */
final class RequestTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    RequestTooLargeException(Throwable cause) {
        super("request body too large", cause);
    }
}
