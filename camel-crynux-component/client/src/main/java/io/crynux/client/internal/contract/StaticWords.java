// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.utils.Numeric;

/**
 * Reads arguments of a fixed length, a word of 32 bytes each, which most events have only. web3j finds out anew with each what
 * type it has, by reflection and regular expressions; that took most of the time of reading many events.
 */
final class StaticWords {
    private static final HexFormat HEX = HexFormat.of();
    /** In hexadecimal digits. */
    private static final int WORD = 64;

    private static final int ADDRESS_BYTES = 20;
    private static final int ADDRESS_BEGIN = 12;

    private StaticWords() {}

    /** Whether all are of types that this reads. */
    static boolean areRead(List<? extends TypeReference<?>> types) {
        for (TypeReference<?> type : types) {
            if (!isRead(type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isRead(TypeReference<?> type) {
        return type.getType() == Uint256.class || type.getType() == Address.class || type.getType() == Bytes32.class;
    }

    /** @throws RuntimeException when the data is too short, or no hexadecimal number */
    static List<Type<?>> read(String data, List<? extends TypeReference<?>> types) {
        String words = Numeric.cleanHexPrefix(data);
        List<Type<?>> values = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            values.add(read(words.substring(i * WORD, (i + 1) * WORD), types.get(i)));
        }
        return values;
    }

    /** @throws RuntimeException when the topic has another length, or is no hexadecimal number */
    static Type<?> readTopic(String topic, TypeReference<?> type) {
        String word = Numeric.cleanHexPrefix(topic);
        if (word.length() != WORD) {
            throw new IllegalArgumentException("a topic of " + word.length() + " digits");
        }
        return read(word, type);
    }

    private static Type<?> read(String word, TypeReference<?> type) {
        byte[] bytes = HEX.parseHex(word);
        if (type.getType() == Bytes32.class) {
            return new Bytes32(bytes);
        }
        return type.getType() == Address.class
                ? new Address(new BigInteger(1, bytes, ADDRESS_BEGIN, ADDRESS_BYTES))
                : new Uint256(new BigInteger(1, bytes));
    }
}
