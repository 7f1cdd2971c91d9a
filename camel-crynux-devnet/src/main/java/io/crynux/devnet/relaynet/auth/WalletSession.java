// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.auth;

/**
 * Answer to a wallet that logs in.
 *
 * @param token for the header {@code Authorization: Bearer}; a secret
 * @param expiresAt when the token ends, in unix seconds
 */
public record WalletSession(String token, long expiresAt) {
    @Override
    public String toString() {
        return "WalletSession[expiresAt=" + expiresAt + "]";
    }
}
