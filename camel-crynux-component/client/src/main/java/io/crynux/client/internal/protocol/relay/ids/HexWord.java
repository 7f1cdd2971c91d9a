// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.protocol.relay.ids;

import java.util.regex.Pattern;
import org.web3j.utils.Numeric;

/** Words of 32 bytes in hex, as the Relay writes them. */
public final class HexWord {
    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{64}");

    private HexWord() {}

    /** Whether the text is {@code 0x} and 64 hex digits in lower case. */
    public static boolean isOne(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if the text has another form; the message does not contain it */
    public static byte[] bytes(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("not 0x and 64 hex digits in lower case");
        }
        return Numeric.hexStringToByteArray(text);
    }
}
