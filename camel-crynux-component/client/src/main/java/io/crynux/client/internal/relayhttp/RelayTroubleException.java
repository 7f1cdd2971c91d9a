// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.io.IOException;
import java.time.Duration;

/** The Relay did not do what was asked for, which may pass. */
public final class RelayTroubleException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    RelayTroubleException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** For how long it asks not to be asked again; zero where it does not. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
