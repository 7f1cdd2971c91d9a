// SPDX-License-Identifier: Apache-2.0
package io.crynux.camel;

import io.crynux.client.error.BudgetExceededException;
import io.crynux.client.error.InvalidTaskException;
import io.crynux.client.internal.money.Cnx;
import io.crynux.client.internal.text.ForeignText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/** The fee of a task: the option, or the header in its place, within maxTaskFee. Amounts are text, since Camel has no converter to decimals. */
final class FeeRules {
    /** The network counts fees in gwei, in signed 64 bits: 2^63 gwei is the first that it cannot hold. */
    private static final BigDecimal FEE_OVERFLOW = new BigDecimal(BigInteger.TWO.pow(63)).movePointLeft(9);
    /** Decimals without an exponent: nobody means 1e3 and 1e33 to look so alike. No wallet holds more digits. */
    private static final Pattern AMOUNT = Pattern.compile("[+-]?[0-9]{1,40}(?:\\.[0-9]{0,40})?|[+-]?\\.[0-9]{1,40}");

    private final BigDecimal fee;
    private final BigDecimal most;

    /** @throws IllegalArgumentException naming the option that is missing or wrong */
    FeeRules(String taskFee, String maxTaskFee) {
        if (taskFee == null || taskFee.isBlank()) {
            throw new IllegalArgumentException(
                    "Option taskFee is missing: set camel.component.crynux.taskFee or taskFee on"
                            + " the endpoint to the fee of a task, in CNX");
        }
        try {
            this.most = maxTaskFee == null ? null : fee("Option maxTaskFee", maxTaskFee);
            this.fee = fee("Option taskFee", taskFee);
            requireWithin("Option taskFee", fee);
        } catch (InvalidTaskException | BudgetExceededException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The fee of one task.
     *
     * @param header the header's value as a number or text, or null
     */
    BigDecimal fee(Object header) {
        if (header == null) {
            return fee;
        }
        String where = "Header " + CrynuxConstants.TASK_FEE;
        BigDecimal asked = fee(where, text(header));
        requireWithin(where, asked);
        return asked;
    }

    /** The highest fee of a task, or null for no limit. */
    BigDecimal most() {
        return most;
    }

    private void requireWithin(String where, BigDecimal asked) {
        if (most != null && asked.compareTo(most) > 0) {
            throw new BudgetExceededException(where + " is " + asked.toPlainString() + " CNX, above maxTaskFee ("
                    + most.toPlainString() + " CNX). Nothing was signed; lower the fee or raise maxTaskFee");
        }
    }

    /** Whether text is an amount of CNX. */
    static boolean isAmount(String text) {
        return isRead(text, false);
    }

    /** Whether text is an amount of CNX that can be a fee. */
    static boolean isFee(String text) {
        return isRead(text, true);
    }

    private static boolean isRead(String text, boolean asFee) {
        try {
            return (asFee ? fee("", text) : amount("", text)).signum() > 0;
        } catch (InvalidTaskException e) {
            return false;
        }
    }

    /**
     * An option's amount in wei.
     *
     * @throws IllegalArgumentException naming the option
     */
    static BigInteger wei(String option, String text) {
        try {
            return Cnx.toWei(amount(option, text));
        } catch (InvalidTaskException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Numbers of Java are written with an exponent where they are large or small. */
    private static String text(Object header) {
        try {
            return header instanceof Number ? new BigDecimal(header.toString()).toPlainString() : header.toString();
        } catch (NumberFormatException e) {
            // NaN and the infinities; refused as they are.
            return header.toString();
        }
    }

    private static BigDecimal fee(String where, String text) {
        BigDecimal fee = amount(where, text);
        if (fee.compareTo(FEE_OVERFLOW) >= 0) {
            throw new InvalidTaskException(where + " is " + text.trim() + "; it must be below "
                    + FEE_OVERFLOW.toPlainString() + " CNX. Nothing was signed");
        }
        return fee;
    }

    private static BigDecimal amount(String where, String text) {
        if (!AMOUNT.matcher(text.trim()).matches()) {
            throw new InvalidTaskException(where + " is '" + ForeignText.shown(text, 40)
                    + "', which is not an amount of CNX such as 30 or 0.5. Nothing was signed");
        }
        BigDecimal amount = new BigDecimal(text.trim());
        if (amount.signum() <= 0 || !Cnx.isWholeWei(amount)) {
            throw new InvalidTaskException(where + " is " + text.trim()
                    + "; it must be above 0 CNX and have at most 18 decimals. Nothing was signed");
        }
        return amount;
    }
}
