// SPDX-License-Identifier: Apache-2.0
package io.crynux.devnet.relaynet.golang;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Text of a double in JSON, as Go writes it: the fewest digits that give the same double again. */
final class GoNumbers {
    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_WITH_EXPONENT = 1e21;

    private GoNumbers() {}

    static String text(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no " + value);
        }
        double size = Math.abs(value);
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        if (size == 0) {
            return sign + "0";
        }
        BigDecimal digits = shortest(size);
        return sign
                + (size < LEAST_PLAIN || size >= LEAST_WITH_EXPONENT ? withExponent(digits) : digits.toPlainString());
    }

    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(NumberOutput.toString(value, true)).stripTrailingZeros();
        // The writer gives two digits at least (2.0E-323, 4.9E-324), Go one where it is enough.
        BigDecimal oneDigit = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return (oneDigit.doubleValue() == value ? oneDigit : decimal).stripTrailingZeros();
    }

    private static String withExponent(BigDecimal digits) {
        String mantissa = digits.unscaledValue().toString();
        int exponent = mantissa.length() - 1 - digits.scale();
        String fraction = mantissa.length() == 1 ? "" : "." + mantissa.substring(1);
        return mantissa.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
    }
}
