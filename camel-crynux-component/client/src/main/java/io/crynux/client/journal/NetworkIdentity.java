// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

/**
 * The network that a journal belongs to.
 *
 * @param protocol id of the protocol, such as {@code chain}
 * @param key identifies the network among those of its protocol, such as {@code 31337:0x5f...} with chain id and contract
 * @param fingerprint distinguishes networks with the same key, such as the hash of block 0 of a chain; null if it is not known.
 *     Then it is not compared
 * @param text the network in a message for users
 */
public record NetworkIdentity(String protocol, String key, String fingerprint, String text) {

    /** Whether both are the same network, as far as is known. */
    public boolean isSameAs(NetworkIdentity other) {
        return protocol.equals(other.protocol)
                && key.equals(other.key)
                && (fingerprint == null
                        || other.fingerprint == null
                        || fingerprint.equalsIgnoreCase(other.fingerprint));
    }

    @Override
    public String toString() {
        return text;
    }
}
