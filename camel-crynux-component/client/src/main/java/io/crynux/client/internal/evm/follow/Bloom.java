// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.follow;

import java.util.regex.Pattern;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The log bloom of a block header (Ethereum yellow paper, section 4.3.1): shows cheaply that a block has no logs of a contract. */
final class Bloom {
    private static final int BYTES = 256;
    private static final Pattern FORM = Pattern.compile("0x[0-9a-fA-F]{" + 2 * BYTES + "}");

    private Bloom() {}

    /** Whether it is a bloom at all. */
    static boolean isOne(String bloom) {
        return bloom != null && FORM.matcher(bloom).matches();
    }

    /** Whether it says that there are no logs whatever. */
    static boolean isEmpty(String bloom) {
        return isOne(bloom) && bloom.chars().skip(2).allMatch(digit -> digit == '0');
    }

    /**
     * Whether the block may have logs of an address, or with a topic.
     *
     * @param bloom 256 bytes as hex; anything else proves nothing, so the answer is yes
     */
    static boolean mayContain(String bloom, String addressOrTopic) {
        if (!isOne(bloom)) {
            return true;
        }
        byte[] bits = Numeric.hexStringToByteArray(bloom);
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
