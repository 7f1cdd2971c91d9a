// SPDX-License-Identifier: Apache-2.0
package io.crynux.client.chain;

import java.math.BigInteger;

/**
 * The price of a payment's gas, in wei.
 *
 * @param maxFee most per gas, or the price itself for a legacy transaction
 * @param maxPriorityFee tip per gas, or null for a legacy transaction
 */
record GasPrice(BigInteger maxFee, BigInteger maxPriorityFee) {

    boolean isLegacy() {
        return maxPriorityFee == null;
    }
}
