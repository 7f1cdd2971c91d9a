// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.io.IOException;
import java.time.Duration;

/** A temporary failure of the Relay. */
public final class RelayTroubleException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RelayTroubleException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** The wait that the Relay requests; zero if it does not. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
