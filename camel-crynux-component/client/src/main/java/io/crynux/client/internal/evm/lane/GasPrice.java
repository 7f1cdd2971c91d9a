// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.internal.evm.lane;

import java.math.BigInteger;

/**
 * The price of a payment's gas, in wei.
 *
 * @param maxFee most per gas, or the price itself for a legacy transaction
 * @param maxPriorityFee tip per gas, or null for a legacy transaction
 */
public record GasPrice(BigInteger maxFee, BigInteger maxPriorityFee) {
    private static final BigInteger EIGHT = BigInteger.valueOf(8);
    private static final BigInteger NINE = BigInteger.valueOf(9);

    boolean isLegacy() {
        return maxPriorityFee == null;
    }

    /** The least price of a transaction that replaces one of this price: an eighth more, in both fields. */
    GasPrice raised() {
        return new GasPrice(raised(maxFee), isLegacy() ? null : raised(maxPriorityFee));
    }

    private static BigInteger raised(BigInteger wei) {
        // Rounded up, since a node that reckons exactly refuses a hair less; and more even where it was nothing.
        return wei.multiply(NINE).add(EIGHT).divide(EIGHT);
    }

    /** At least as high in every field as the other, which is of the same type, and nowhere above the limit. */
    GasPrice atLeast(GasPrice other, BigInteger limit) {
        return new GasPrice(
                maxFee.max(other.maxFee.min(limit)),
                isLegacy() ? null : maxPriorityFee.max(other.maxPriorityFee.min(limit)));
    }
}
