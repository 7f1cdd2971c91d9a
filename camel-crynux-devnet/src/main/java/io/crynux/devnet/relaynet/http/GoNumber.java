// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.http;

import io.crynux.devnet.relaynet.refusal.RequestRefusedException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** Whole numbers in text, as Go's {@code strconv} reads them and complains about them. */
final class GoNumber {
    private static final Pattern SIGNED = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern UNSIGNED = Pattern.compile("[0-9]+");
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);

    private GoNumber() {}

    /**
     * A number of 64 bits with a sign; an empty text is 0.
     *
     * @param field as in the answer's {@code field_name}
     */
    static long signed(String field, String text) throws RequestRefusedException {
        if (text.isEmpty()) {
            return 0;
        }
        return number(field, text, "ParseInt", SIGNED, MIN, MAX).longValue();
    }

    /**
     * A number without a sign; an empty text is 0.
     *
     * @param bits how many it may have
     */
    static BigInteger unsigned(String field, String text, int bits) throws RequestRefusedException {
        if (text.isEmpty()) {
            return BigInteger.ZERO;
        }
        return number(field, text, "ParseUint", UNSIGNED, BigInteger.ZERO, greatest(bits));
    }

    static BigInteger greatest(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    private static BigInteger number(
            String field, String text, String function, Pattern form, BigInteger least, BigInteger greatest)
            throws RequestRefusedException {
        if (!form.matcher(text).matches()) {
            throw refusal(field, text, function, "invalid syntax");
        }
        var number = new BigInteger(text);
        if (number.compareTo(least) < 0 || number.compareTo(greatest) > 0) {
            throw refusal(field, text, function, "value out of range");
        }
        return number;
    }

    private static RequestRefusedException refusal(String field, String text, String function, String reason) {
        return RequestRefusedException.invalid(field, "strconv." + function + ": parsing \"" + text + "\": " + reason);
    }
}
