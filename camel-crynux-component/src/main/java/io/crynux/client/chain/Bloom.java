// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The log bloom of a block header (Ethereum yellow paper, section 4.3.1): tells cheaply that a block has no logs of a contract. */
final class Bloom {
    private static final int BYTES = 256;

    private Bloom() {}

    /**
     * Whether the block may have logs of an address, or with a topic.
     *
     * @param bloom 256 bytes as hex; anything else tells nothing, so the answer is yes
     */
    static boolean mayContain(String bloom, String addressOrTopic) {
        byte[] bits = bloom == null ? new byte[0] : Numeric.hexStringToByteArray(bloom);
        if (bits.length != BYTES) {
            return true;
        }
        byte[] hash = Hash.sha3(Numeric.hexStringToByteArray(addressOrTopic));
        for (int i = 0; i < 6; i += 2) {
            int bit = ((hash[i] & 0x07) << 8) | (hash[i + 1] & 0xff);
            if ((bits[BYTES - 1 - bit / 8] & (1 << (bit % 8))) == 0) {
                return false;
            }
        }
        return true;
    }
}
