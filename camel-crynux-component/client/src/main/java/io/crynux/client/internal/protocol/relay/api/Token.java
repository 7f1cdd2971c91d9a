// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.api;

import java.time.Instant;

/**
 * A login's token.
 *
 * @param value a secret; in memory only
 * @param expiresAt by the Relay's clock
 */
public record Token(String value, Instant expiresAt) {

    /** Without the token. */
    @Override
    public String toString() {
        return "Token[until " + expiresAt + "]";
    }
}
