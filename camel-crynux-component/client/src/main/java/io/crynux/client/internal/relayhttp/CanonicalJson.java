// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.relayhttp;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The text that a request's signature covers: one JSON object, keys sorted, no white space, strings escaped as Go's
 * encoding/json does it (classic protocol, section 2; relay protocol, section 2.1). Go escapes less than and greater than signs,
 * ampersands and the separators U+2028 and U+2029, for which Jackson has no setting.
 */
public final class CanonicalJson {

    private CanonicalJson() {}

    /** @param parameters names to a String, to a BigInteger for a number, or to a List of Strings */
    public static String of(SortedMap<String, Object> parameters) {
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            if (json.length() > 1) {
                json.append(',');
            }
            string(json, parameter.getKey());
            json.append(':');
            value(json, parameter.getValue());
        }
        return json.append('}').toString();
    }

    private static void value(StringBuilder json, Object value) {
        if (value instanceof BigInteger number) {
            json.append(number);
        } else if (value instanceof List<?> list) {
            json.append('[');
            for (Iterator<?> texts = list.iterator(); texts.hasNext(); ) {
                string(json, (String) texts.next());
                json.append(texts.hasNext() ? "," : "");
            }
            json.append(']');
        } else {
            string(json, (String) value);
        }
    }

    private static void string(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                // As Go 1.22 and later. Older ones differ, but no text of a request contains these two unescaped.
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> escaped(json, c);
                default -> {
                    if (c < 0x20) {
                        escaped(json, c);
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static void escaped(StringBuilder json, char c) {
        json.append(String.format("\\u%04x", (int) c));
    }
}
