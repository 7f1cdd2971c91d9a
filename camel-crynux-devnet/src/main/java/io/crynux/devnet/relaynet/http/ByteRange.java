// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that a request asks for.
 *
 * @param from the first byte
 * @param to after the last byte
 */
record ByteRange(Kind kind, int from, int to) {
    enum Kind {
        WHOLE,
        PART,
        OUTSIDE
    }

    private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,9})-([0-9]{0,9})");

    /** Reads a header {@code Range}; null, several ranges and other units stand for the whole file. */
    static ByteRange of(String header, int length) {
        Matcher matcher = SINGLE.matcher(header == null ? "" : header);
        if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
            return new ByteRange(Kind.WHOLE, 0, length);
        }
        if (matcher.group(1).isEmpty()) {
            int last = Math.min(length, Integer.parseInt(matcher.group(2)));
            return new ByteRange(Kind.PART, length - last, length);
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2).isEmpty() ? length : Math.min(length, 1 + Integer.parseInt(matcher.group(2)));
        return from >= length || from >= to ? new ByteRange(Kind.OUTSIDE, 0, 0) : new ByteRange(Kind.PART, from, to);
    }
}
