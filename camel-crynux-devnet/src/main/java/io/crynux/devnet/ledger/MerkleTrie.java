// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.ledger;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpDecoder;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;

/** The root of a Merkle-Patricia trie over given keys and values; blocks name their transactions and receipts by it. */
final class MerkleTrie {
    private static final int HASH_BYTES = 32;

    private static final class Entry {
        private final byte[] path;
        private final byte[] value;

        Entry(byte[] path, byte[] value) {
            this.path = path;
            this.value = value;
        }
    }

    private MerkleTrie() {}

    /** The root over a list: the keys are the RLP of the indices. */
    static byte[] rootOfList(List<byte[]> values) {
        List<byte[]> keys = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            keys.add(RlpEncoder.encode(RlpString.create(BigInteger.valueOf(i))));
        }
        return root(keys, values);
    }

    static byte[] root(List<byte[]> keys, List<byte[]> values) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            entries.add(new Entry(nibbles(keys.get(i)), values.get(i)));
        }
        return Hash.sha3(entries.isEmpty() ? RlpEncoder.encode(RlpString.create(new byte[0])) : encode(entries, 0));
    }

    private static byte[] encode(List<Entry> entries, int depth) {
        if (entries.size() == 1) {
            Entry only = entries.get(0);
            return list(RlpString.create(compact(only.path, depth, only.path.length, true)), string(only.value));
        }
        int shared = sharedPrefix(entries, depth);
        if (shared > depth) {
            byte[] path = compact(entries.get(0).path, depth, shared, false);
            return list(RlpString.create(path), reference(encode(entries, shared)));
        }
        return branch(entries, depth);
    }

    private static byte[] branch(List<Entry> entries, int depth) {
        RlpType value = string(new byte[0]);
        List<List<Entry>> children = new ArrayList<>();
        for (int nibble = 0; nibble < 16; nibble++) {
            children.add(new ArrayList<>());
        }
        for (Entry entry : entries) {
            if (entry.path.length == depth) {
                value = string(entry.value);
            } else {
                children.get(entry.path[depth]).add(entry);
            }
        }
        List<RlpType> items = new ArrayList<>();
        for (List<Entry> child : children) {
            items.add(child.isEmpty() ? string(new byte[0]) : reference(encode(child, depth + 1)));
        }
        items.add(value);
        return RlpEncoder.encode(new RlpList(items));
    }

    /** A node of 32 bytes and more is named by its hash, a shorter one stands in its parent as it is. */
    private static RlpType reference(byte[] node) {
        return node.length < HASH_BYTES ? RlpDecoder.decode(node).getValues().get(0) : string(Hash.sha3(node));
    }

    private static int sharedPrefix(List<Entry> entries, int depth) {
        byte[] first = entries.get(0).path;
        int shared = first.length;
        for (Entry entry : entries) {
            int mismatch = Arrays.mismatch(first, entry.path);
            shared = mismatch < 0 ? shared : Math.min(shared, mismatch);
        }
        return Math.max(shared, depth);
    }

    /** Two nibbles per byte behind a flag nibble: 2 marks a leaf, 1 an odd number of nibbles. */
    private static byte[] compact(byte[] path, int from, int to, boolean leaf) {
        int length = to - from;
        boolean odd = length % 2 == 1;
        byte[] compact = new byte[length / 2 + 1];
        compact[0] = (byte) (((leaf ? 2 : 0) + (odd ? 1 : 0)) << 4 | (odd ? path[from] : 0));
        for (int i = from + (odd ? 1 : 0), at = 1; i < to; i += 2, at++) {
            compact[at] = (byte) ((path[i] << 4) | path[i + 1]);
        }
        return compact;
    }

    private static byte[] nibbles(byte[] key) {
        byte[] nibbles = new byte[key.length * 2];
        for (int i = 0; i < key.length; i++) {
            nibbles[2 * i] = (byte) ((key[i] >> 4) & 0xf);
            nibbles[2 * i + 1] = (byte) (key[i] & 0xf);
        }
        return nibbles;
    }

    private static byte[] list(RlpType... items) {
        return RlpEncoder.encode(new RlpList(items));
    }

    private static RlpString string(byte[] bytes) {
        return RlpString.create(bytes);
    }
}
