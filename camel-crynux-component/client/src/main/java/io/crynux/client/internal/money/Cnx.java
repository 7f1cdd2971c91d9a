// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Converts between CNX and wei; 1 CNX is 10^18 wei. */
public final class Cnx {
    /** The most decimals of an amount in CNX. */
    public static final int DECIMALS = 18;

    private Cnx() {}

    /** An amount in CNX, without trailing zeros. */
    public static BigDecimal of(BigInteger wei) {
        return new BigDecimal(wei, DECIMALS).stripTrailingZeros();
    }

    /** An amount in CNX as decimal text, such as "30" or "0.5"; null for null. */
    public static String decimal(BigInteger wei) {
        return wei == null ? null : of(wei).toPlainString();
    }

    /** An amount for messages, such as "30 CNX". */
    public static String text(BigInteger wei) {
        return decimal(wei) + " CNX";
    }

    /** @throws ArithmeticException if the amount has more than 18 decimals */
    public static BigInteger toWei(BigDecimal cnx) {
        return cnx.movePointRight(DECIMALS).toBigIntegerExact();
    }

    /** Whether the amount is a whole number of wei. */
    public static boolean isWholeWei(BigDecimal cnx) {
        return cnx.stripTrailingZeros().scale() <= DECIMALS;
    }
}
