// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.contract;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** Reads calldata; calldata that is too short reverts without data, as Solidity's own decoder does. */
final class Calldata {
    private static final int SELECTOR = 4;

    private final byte[] data;

    Calldata(byte[] data) {
        this.data = data;
    }

    /** The selector of a function, from its signature. */
    static String selectorOf(String signature) {
        return Hash.sha3String(signature).substring(0, 2 + 2 * SELECTOR);
    }

    String selector() {
        if (data.length < SELECTOR) {
            throw Reverts.empty();
        }
        return Numeric.toHexString(data, 0, SELECTOR, true);
    }

    BigInteger number(int argument) {
        return new BigInteger(1, word(SELECTOR + argument * AbiEncoder.WORD));
    }

    String bytes32(int argument) {
        return Numeric.toHexString(word(SELECTOR + argument * AbiEncoder.WORD));
    }

    String address(int argument) {
        BigInteger value = number(argument);
        if (value.bitLength() > 160) {
            throw Reverts.empty();
        }
        return Numeric.toHexStringWithPrefixZeroPadded(value, 40);
    }

    byte[] bytes(int argument) {
        int at = SELECTOR + size(number(argument));
        int length = size(new BigInteger(1, word(at)));
        return slice(at + AbiEncoder.WORD, length);
    }

    String string(int argument) {
        return new String(bytes(argument), StandardCharsets.UTF_8);
    }

    private byte[] word(int at) {
        return slice(at, AbiEncoder.WORD);
    }

    private int size(BigInteger value) {
        if (value.compareTo(BigInteger.valueOf(data.length)) > 0) {
            throw Reverts.empty();
        }
        return value.intValueExact();
    }

    private byte[] slice(int at, int length) {
        if (at + length > data.length) {
            throw Reverts.empty();
        }
        return Arrays.copyOfRange(data, at, at + length);
    }
}
