// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/**
 * An account with money on the devnet. Its key is public: never use it on another network.
 *
 * @param privateKey 32 bytes as hex with the prefix {@code 0x}
 * @param address with EIP-55 checksum
 */
public record DevnetAccount(String privateKey, String address) {

    static DevnetAccount of(Credentials credentials) {
        return new DevnetAccount(
                Numeric.toHexStringWithPrefixZeroPadded(
                        credentials.getEcKeyPair().getPrivateKey(), 64),
                Keys.toChecksumAddress(credentials.getAddress()));
    }

    /** The account as web3j credentials, for signing. */
    public Credentials credentials() {
        return Credentials.create(privateKey);
    }

    /** Returns the address only, so that the key is not printed by accident. */
    @Override
    public String toString() {
        return address;
    }
}
