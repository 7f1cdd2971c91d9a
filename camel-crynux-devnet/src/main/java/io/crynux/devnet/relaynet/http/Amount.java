// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of money in text. The Relay reads the text as JSON, a number or a string, and then wants digits only; each of the
 * two complains in its own words [43].
 */
final class Amount {
    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
    private static final Pattern STRING = Pattern.compile("\"[^\"\\\\]*\"");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final String SPACES = " \t\r\n";

    private Amount() {}

    static BigInteger ofJson(String json) throws RequestRefusedException {
        int start = skipSpaces(json, 0);
        if (start == json.length()) {
            throw refusal("unexpected end of JSON input");
        }
        boolean quoted = json.charAt(start) == '"';
        Matcher value = (quoted ? STRING : NUMBER).matcher(json).region(start, json.length());
        if (!value.lookingAt()) {
            throw refusal(
                    quoted
                            ? "unexpected end of JSON input"
                            : "invalid character '" + json.charAt(start) + "' looking for beginning of value");
        }
        int end = skipSpaces(json, value.end());
        if (end < json.length()) {
            throw refusal("invalid character '" + json.charAt(end) + "' after top-level value");
        }
        String text = value.group();
        return ofText(quoted ? text.substring(1, text.length() - 1) : text);
    }

    /** Digits only, a minus sign before them at most. */
    static BigInteger ofText(String text) throws RequestRefusedException {
        if (!INTEGER.matcher(text).matches()) {
            throw refusal("not a valid big integer: " + text);
        }
        return new BigInteger(text);
    }

    private static int skipSpaces(String json, int from) {
        int at = from;
        while (at < json.length() && SPACES.indexOf(json.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private static RequestRefusedException refusal(String message) {
        return RequestRefusedException.invalid("", message);
    }
}
