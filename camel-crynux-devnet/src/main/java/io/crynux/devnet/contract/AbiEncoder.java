// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.utils.Numeric;

/** Encodes a tuple by the contract ABI: static values in place, dynamic ones behind their offsets. */
final class AbiEncoder {
    static final int WORD = 32;

    private final List<byte[]> heads = new ArrayList<>();
    private final List<byte[]> tails = new ArrayList<>();

    AbiEncoder number(BigInteger value) {
        return word(Numeric.toBytesPadded(value, WORD));
    }

    AbiEncoder number(long value) {
        return number(BigInteger.valueOf(value));
    }

    AbiEncoder bool(boolean value) {
        return number(value ? 1 : 0);
    }

    AbiEncoder address(String address) {
        return number(Numeric.toBigInt(address));
    }

    AbiEncoder bytes32(String value) {
        return word(Numeric.hexStringToByteArray(value));
    }

    private AbiEncoder word(byte[] value) {
        heads.add(value);
        tails.add(new byte[0]);
        return this;
    }

    /** Adds a value of a dynamic type, encoded already. */
    AbiEncoder dynamic(byte[] encoded) {
        heads.add(null);
        tails.add(encoded);
        return this;
    }

    /** The encoding of {@code bytes} or {@code string}: the length, and the bytes filled up to whole words. */
    static byte[] bytes(byte[] value) {
        int words = (value.length + WORD - 1) / WORD;
        byte[] encoded = new byte[WORD + words * WORD];
        System.arraycopy(Numeric.toBytesPadded(BigInteger.valueOf(value.length), WORD), 0, encoded, 0, WORD);
        System.arraycopy(value, 0, encoded, WORD, value.length);
        return encoded;
    }

    /** The encoding of an array: its length, then its elements as a tuple. */
    static byte[] array(int length, AbiEncoder elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Numeric.toBytesPadded(BigInteger.valueOf(length), WORD));
        out.writeBytes(elements.encoded());
        return out.toByteArray();
    }

    byte[] encoded() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (int i = 0; i < heads.size(); i++) {
            byte[] word = heads.get(i);
            int offset = heads.size() * WORD + tail.size();
            head.writeBytes(word == null ? Numeric.toBytesPadded(BigInteger.valueOf(offset), WORD) : word);
            tail.writeBytes(tails.get(i));
        }
        head.writeBytes(tail.toByteArray());
        return head.toByteArray();
    }

    String hex() {
        return Numeric.toHexString(encoded());
    }
}
