// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet;

import org.web3j.crypto.Credentials;
import org.web3j.crypto.Keys;
import org.web3j.utils.Numeric;

/**
 * An account that has money on the devnet. Its key is public knowledge: never use it on any other network.
 *
 * @param privateKey 32 bytes as hex with the prefix {@code 0x}
 * @param address with the checksum in its letters' cases (EIP-55)
 */
public record DevnetAccount(String privateKey, String address) {

    static DevnetAccount of(Credentials credentials) {
        return new DevnetAccount(
                Numeric.toHexStringWithPrefixZeroPadded(
                        credentials.getEcKeyPair().getPrivateKey(), 64),
                Keys.toChecksumAddress(credentials.getAddress()));
    }

    /** The account as web3j takes it to sign. */
    public Credentials credentials() {
        return Credentials.create(privateKey);
    }

    /** Tells the address only: what is printed by accident should not look as if keys may be printed. */
    @Override
    public String toString() {
        return address;
    }
}
