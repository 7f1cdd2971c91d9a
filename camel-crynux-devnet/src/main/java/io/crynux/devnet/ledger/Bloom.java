// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The 2,048 bits in which a block or receipt says which addresses and topics its logs may hold. */
final class Bloom {
    private static final int BYTES = 256;

    private final byte[] bits;

    private Bloom(byte[] bits) {
        this.bits = bits;
    }

    static Bloom empty() {
        return new Bloom(new byte[BYTES]);
    }

    static Bloom of(Iterable<Log> logs) {
        Bloom bloom = empty();
        for (Log log : logs) {
            bloom.add(log.address());
            log.topics().forEach(bloom::add);
        }
        return bloom;
    }

    /** Joins another bloom to this one. */
    void add(Bloom other) {
        for (int i = 0; i < BYTES; i++) {
            bits[i] |= other.bits[i];
        }
    }

    private void add(String hex) {
        byte[] hash = Hash.sha3(Numeric.hexStringToByteArray(hex));
        for (int i = 0; i < 6; i += 2) {
            int bit = bit(hash, i);
            bits[BYTES - 1 - bit / 8] |= (byte) (1 << (bit % 8));
        }
    }

    /** Eleven bits of the hash: two bytes, of which the upper five bits are dropped. */
    private static int bit(byte[] hash, int at) {
        return ((hash[at] & 0xff) << 8 | (hash[at + 1] & 0xff)) & 0x7ff;
    }

    byte[] bytes() {
        return bits.clone();
    }

    String hex() {
        return Numeric.toHexString(bits);
    }
}
