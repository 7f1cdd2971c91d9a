// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Chains the lines of a journal. A line is {@code <number> <JSON> <checksum>} and a line feed; numbers count up by one, and the
 * checksum is the first 64 bits, in hex, of SHA-256 over the checksum of the line before and everything of the line that stands
 * before its own. So a line fits in one place only: one that is damaged, missing, repeated or moved breaks the chain.
 *
 * <p>A missed error can pay a task twice, which is why this is no CRC-32C: 64 bits leave nothing to chance, no pattern of errors
 * cancels itself out as in a linear code, and a gigabyte costs a second or two, less than reading its JSON. It is no protection
 * against somebody who means to forge a line. Used by one thread at a time.
 */
final class LineChain {
    /** Number of hex digits of a checksum. */
    static final int DIGITS = 16;
    /** Blank, checksum and line feed. */
    static final int TRAILER = 1 + DIGITS + 1;

    private static final byte[] START = "0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII);
    /** A line has a number, a blank, at least an empty object, and the trailer. */
    private static final int SHORTEST = 1 + 1 + 2 + TRAILER;

    private static final int LONGEST_NUMBER = 18;

    private final MessageDigest digest = sha256();
    private final byte[] last;
    private long next;

    private LineChain(byte[] last, long next) {
        this.last = last;
        this.next = next;
    }

    /** A chain whose first line has that number. */
    static LineChain from(long first) {
        return new LineChain(START.clone(), first);
    }

    /** A chain that goes on where this one is. */
    LineChain fork() {
        return new LineChain(last.clone(), next);
    }

    /** Number of the line that comes next. */
    long next() {
        return next;
    }

    /** What the last line ends with. */
    byte[] trailer() {
        byte[] trailer = new byte[TRAILER];
        trailer[0] = ' ';
        System.arraycopy(last, 0, trailer, 1, DIGITS);
        trailer[TRAILER - 1] = '\n';
        return trailer;
    }

    /** Makes the next line of some JSON. */
    byte[] line(byte[] json) {
        byte[] number = Long.toString(next).getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[number.length + 1 + json.length + TRAILER];
        System.arraycopy(number, 0, line, 0, number.length);
        line[number.length] = ' ';
        System.arraycopy(json, 0, line, number.length + 1, json.length);
        int checked = line.length - TRAILER;
        byte[] checksum = checksum(digest, last, 0, line, 0, checked);
        line[checked] = ' ';
        System.arraycopy(checksum, 0, line, checked + 1, DIGITS);
        line[line.length - 1] = '\n';
        goOn(checksum);
        return line;
    }

    /**
     * Follows the chain over a line that was read.
     *
     * @param length with the line feed
     * @return what is wrong with it, as the end of a sentence, or null when it is the next line; the chain goes on only then
     */
    String follow(byte[] bytes, int offset, int length) {
        long number = number(bytes, offset, length);
        if (number >= 0 && number != next) {
            return "is line " + number + " where line " + next + " should be";
        }
        if (number < 0) {
            return "is not line " + next;
        }
        int checked = length - TRAILER;
        byte[] checksum = checksum(digest, last, 0, bytes, offset, checked);
        int stored = offset + checked + 1;
        if (!Arrays.equals(checksum, 0, DIGITS, bytes, stored, stored + DIGITS)) {
            return "is line " + next + ", which does not match its checksum";
        }
        goOn(checksum);
        return null;
    }

    private void goOn(byte[] checksum) {
        System.arraycopy(checksum, 0, last, 0, DIGITS);
        next++;
    }

    /** Whether a line has the checksum that follows from the one before it. */
    static boolean isIntact(byte[] before, int beforeOffset, byte[] bytes, int offset, int length) {
        if (number(bytes, offset, length) < 0) {
            return false;
        }
        int checked = length - TRAILER;
        byte[] checksum = checksum(sha256(), before, beforeOffset, bytes, offset, checked);
        int stored = offset + checked + 1;
        return Arrays.equals(checksum, 0, DIGITS, bytes, stored, stored + DIGITS);
    }

    /** Number of a line that has the form of one, or -1. */
    static long number(byte[] bytes, int offset, int length) {
        if (length < SHORTEST
                || bytes[offset + length - 1] != '\n'
                || bytes[offset + length - TRAILER] != ' '
                || (bytes[offset] == '0' && bytes[offset + 1] != ' ')) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i <= LONGEST_NUMBER; i++) {
            byte digit = bytes[offset + i];
            if (digit == ' ' && i > 0) {
                return number;
            }
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return -1;
    }

    /** Where the JSON of a line begins, from its beginning. */
    static int jsonStart(byte[] bytes, int offset) {
        int at = offset;
        while (bytes[at] != ' ') {
            at++;
        }
        return at + 1 - offset;
    }

    private static byte[] checksum(
            MessageDigest digest, byte[] before, int beforeOffset, byte[] bytes, int offset, int length) {
        digest.update(before, beforeOffset, DIGITS);
        digest.update(bytes, offset, length);
        return HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2).getBytes(StandardCharsets.US_ASCII);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
