// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relay;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;

/**
 * The JSON text that a request's signature covers: one object, keys sorted, no white space, strings escaped the way
 * Go's encoding/json does it for web pages.
 */
final class CanonicalJson {
    private CanonicalJson() {}

    /** @param members values are {@code String}, {@code Long} or {@code BigInteger} */
    static String of(SortedMap<String, ?> members) {
        var json = new StringBuilder("{");
        for (Map.Entry<String, ?> member : members.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            appendString(json, member.getKey());
            json.append(':');
            appendValue(json, member.getValue());
        }
        return json.append('}').toString();
    }

    private static void appendValue(StringBuilder json, Object value) {
        if (value instanceof String text) {
            appendString(json, text);
        } else if (value instanceof BigInteger || value instanceof Long) {
            json.append(value);
        } else {
            throw new IllegalArgumentException("No canonical form for " + value);
        }
    }

    private static void appendString(StringBuilder json, String text) {
        json.append('"');
        text.codePoints().forEach(point -> appendEscaped(json, point));
        json.append('"');
    }

    private static void appendEscaped(StringBuilder json, int point) {
        switch (point) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '<', '>', '&', 0x2028, 0x2029 -> appendHex(json, point);
            default -> {
                if (point < 0x20) {
                    appendHex(json, point);
                } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                    // Half a surrogate pair is no character: Go's decoder has made it U+FFFD by the time it is signed.
                    json.append('\uFFFD');
                } else {
                    json.appendCodePoint(point);
                }
            }
        }
    }

    private static void appendHex(StringBuilder json, int point) {
        json.append("\\u").append(String.format("%04x", point));
    }
}
