// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import java.util.HexFormat;

/** Hex text as Go reads it: {@code encoding/hex}, and go-ethereum's {@code hexutil} for text with a prefix. */
public final class GoHex {
    private static final String NOT_HEX = "invalid hex string";
    private static final String ODD_LENGTH = "hex string of odd length";

    private GoHex() {}

    /**
     * Bytes of a text that starts with {@code 0x} or {@code 0X}, as {@code hexutil.Decode} reads them.
     *
     * @throws GoSyntaxException with the text of {@code hexutil}'s error
     */
    public static byte[] decodePrefixed(String text) throws GoSyntaxException {
        if (text.isEmpty()) {
            throw new GoSyntaxException("empty hex string");
        }
        if (!text.startsWith("0x") && !text.startsWith("0X")) {
            throw new GoSyntaxException("hex string without 0x prefix");
        }
        return decode(text.substring(2));
    }

    /**
     * Bytes of a text without a prefix.
     *
     * @throws GoSyntaxException if a character is not a hex digit, or the length is odd
     */
    public static byte[] decode(String text) throws GoSyntaxException {
        // Go looks for wrong characters before it looks at the length.
        if (!text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new GoSyntaxException(NOT_HEX);
        }
        if (text.length() % 2 != 0) {
            throw new GoSyntaxException(ODD_LENGTH);
        }
        return HexFormat.of().parseHex(text);
    }
}
