// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.golang;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Text of a double, as Go writes it: the fewest digits that give the same double again. */
public final class GoNumbers {
    private static final int JSON_LEAST_EXPONENT = -6;
    private static final int JSON_LARGEST_EXPONENT = 20;
    private static final int PRINTED_LEAST_EXPONENT = -4;
    private static final int PRINTED_LARGEST_EXPONENT = 5;

    private GoNumbers() {}

    /** Text in JSON, from {@code encoding/json}. */
    static String json(double value) {
        return text(value, JSON_LEAST_EXPONENT, JSON_LARGEST_EXPONENT, 1);
    }

    /** Text in a message, from {@code fmt}'s verb {@code %v}. */
    public static String printed(double value) {
        return text(value, PRINTED_LEAST_EXPONENT, PRINTED_LARGEST_EXPONENT, 2);
    }

    private static String text(double value, int leastExponent, int largestExponent, int exponentDigits) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        double size = Math.abs(value);
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (size == 0) {
            return sign + "0";
        }
        BigDecimal digits = shortest(size);
        int exponent = digits.precision() - 1 - digits.scale();
        boolean plain = exponent >= leastExponent && exponent <= largestExponent;
        return sign + (plain ? digits.toPlainString() : withExponent(digits, exponent, exponentDigits));
    }

    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        // The writer gives two digits at least (2.0E-323, 4.9E-324), Go one where it is enough.
        BigDecimal oneDigit = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return (oneDigit.doubleValue() == value ? oneDigit : decimal).stripTrailingZeros();
    }

    private static String withExponent(BigDecimal digits, int exponent, int exponentDigits) {
        String mantissa = digits.unscaledValue().toString();
        String fraction = mantissa.length() == 1 ? "" : "." + mantissa.substring(1);
        return mantissa.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + String.format("%0" + exponentDigits + "d", Math.abs(exponent));
    }
}
